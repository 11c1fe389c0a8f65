package com.freelync.control.approval;

import com.freelync.control.approval.ApprovalDao.RequestRow;
import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.notification.Notifications;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The one gate. A request, each person's word and the outcome are decided here, in one transaction
 * with what the outcome changes; workflows only wait, and read what was decided. The first of an
 * approval, a rejection and a time-out that gets the request's row decides; the others find it
 * settled.
 */
public final class Approvals {
  /**
   * The topic of the message that starts or wakes the timers of a request that no run waits for.
   */
  public static final String WATCH = "approval.watch";

  private static final Actor CLOCK = new Actor("system:approval-timer", null);

  /** One request handed to somebody by name. */
  public final ApprovalDelegations delegations;

  private final Database database;
  private final ApprovalAudit audit;
  private final StandIns standIns;
  private final ApprovalMessages messages;
  private final ApprovalTimers timers;
  private final Outbox outbox;
  private final Map<String, ApprovalSubject> subjects;
  private final Clock clock;
  private final Supplier<UUID> ids;

  /**
   * Makes the gate.
   *
   * @param subjects the capabilities that ask
   */
  public Approvals(
      Database database,
      AuditLog audit,
      StandIns standIns,
      Notifications notifications,
      Outbox outbox,
      List<ApprovalSubject> subjects,
      Clock clock,
      Supplier<UUID> ids) {
    this.database = database;
    this.audit = new ApprovalAudit(audit);
    this.standIns = standIns;
    this.messages = new ApprovalMessages(notifications, standIns);
    this.timers = new ApprovalTimers(messages);
    this.outbox = outbox;
    this.subjects =
        subjects.stream()
            .collect(Collectors.toUnmodifiableMap(ApprovalSubject::type, Function.identity()));
    this.clock = clock;
    this.ids = ids;
    this.delegations =
        new ApprovalDelegations(database, this, this.audit, standIns, messages, clock);
  }

  /**
   * Asks people, in the caller's transaction, which has locked the subject. Asking the same again
   * finds the first request, however it stands.
   */
  public Approval ask(Transaction transaction, NewApproval asked, Instant now) {
    ApprovalDao dao = transaction.attach(ApprovalDao.class);
    UUID id = ids.get();
    Set<Role> roles = ApprovalRows.rolesOf(asked.slots());
    int inserted =
        dao.insert(
            id,
            asked,
            ApprovalRows.json(asked.slots()),
            ApprovalRows.names(roles),
            asked.authors().toArray(String[]::new),
            now,
            asked.timeout() == null ? null : now.plus(asked.timeout()),
            asked.timeout() == null ? null : asked.timeout().toString());
    if (inserted == 0) {
      return read(dao.findByIdentity(asked.subjectType(), asked.subjectId(), asked.subjectKey()));
    }
    ApprovalTimers.plan(dao, id, asked, now);
    Approval approval = read(dao.find(id));
    messages.asked(transaction, approval);
    watch(transaction, approval);
    Failpoint.APPROVAL_ASKED.reach();
    return approval;
  }

  /**
   * Takes a person's word on what a subject asks: on the request that waits; where none does, on
   * the last, which is decided.
   *
   * @param answer what the caller is answered, read in the transaction that took the word
   * @throws RequestRefused if nothing is asked, or if the word does not count, which is audited
   */
  public <T> T decide(
      String subjectType,
      String subjectId,
      Approver approver,
      NewWord word,
      Function<Transaction, T> answer) {
    word.check();
    Taken<T> taken =
        database.transaction(
            transaction -> {
              Optional<RequestRefused> refusal =
                  take(transaction, subjectType, subjectId, approver, word);
              return refusal.isEmpty()
                  ? new Taken.Counted<>(answer.apply(transaction))
                  : new Taken.Refused<>(refusal.get());
            });
    Failpoint.DECISION_COMMITTED.reach();
    return taken.orThrow();
  }

  /** Empty if it counts. A refusal is committed too: with its audit, and a time-out it found. */
  private Optional<RequestRefused> take(
      Transaction transaction,
      String subjectType,
      String subjectId,
      Approver approver,
      NewWord word) {
    ApprovalSubject subject = subject(subjectType);
    subject.lock(transaction, subjectId);
    Approval approval =
        Meant.by(word, transaction.attach(ApprovalDao.class), subjectType, subjectId)
            .map(ApprovalRows::read)
            .orElseThrow(() -> subject.asksNobody(transaction, subjectId));
    Instant now = clock.instant();
    if (approval.isDue(now)) {
      approval = timeOut(transaction, approval, now);
    }
    if (!approval.isWaiting()) {
      return Optional.of(audit.settled(transaction, approver, approval));
    }
    if (word.contentHash() != null && !word.contentHash().equals(approval.contentHash())) {
      return Optional.of(audit.changed(transaction, approver, approval));
    }
    switch (judge(transaction, approval, approver)) {
      case Decision.Refused refused -> {
        return Optional.of(audit.refused(transaction, approver, approval, refused.reason()));
      }
      case Decision.Waiting waiting ->
          count(transaction, approval, waiting.approval(), word, false, approver);
      case Decision.Complete complete ->
          count(transaction, approval, complete.approval(), word, true, approver);
    }
    return Optional.empty();
  }

  /** Those who delegated are looked up only where the person's own roles do not do. */
  private Decision judge(Transaction transaction, Approval approval, Approver approver) {
    Decision inPerson = approval.rule().decide(approval.given(), List.of(approver.inPerson()));
    return inPerson instanceof Decision.Refused
        ? approval
            .rule()
            .decide(
                approval.given(),
                standIns.candidates(
                    transaction, approver, approval, standIns.candidates(transaction, approver)))
        : inPerson;
  }

  private void count(
      Transaction transaction,
      Approval approval,
      Given given,
      NewWord word,
      boolean isLast,
      Approver approver) {
    ApprovalDao dao = transaction.attach(ApprovalDao.class);
    Instant now = clock.instant();
    dao.insertWord(
        approval.id(),
        given.by(),
        given.onBehalfOf(),
        ApprovalRows.names(given.roles()),
        word.isApproval() ? "APPROVE" : "REJECT",
        word.comment(),
        now);
    Failpoint.WORD_STORED.reach();
    Actor actor = new Actor(approver.subject(), approver.requestId());
    String action = word.isApproval() ? "approval.approve" : "approval.reject";
    audit.record(transaction, actor, action, approval, given, word.comment());
    if (word.isApproval() && !isLast) {
      List<Given> all = new ArrayList<>(approval.given());
      all.add(given);
      Approval waiting =
          ApprovalRows.read(
              dao.ask(
                  approval.id(),
                  ApprovalRows.json(approval.slots()),
                  ApprovalRows.names(approval.rule().openRoles(all))));
      subject(waiting).counted(transaction, waiting);
      subject(waiting).waitsOn(transaction, waiting);
      watch(transaction, waiting);
    } else {
      ApprovalStatus status = word.isApproval() ? ApprovalStatus.APPROVED : ApprovalStatus.REJECTED;
      settle(transaction, approval.id(), status, now, word.comment());
    }
  }

  private Approval timeOut(Transaction transaction, Approval approval, Instant now) {
    String words =
        "Nobody decided within %s; it waited for %s."
            .formatted(approval.timeout(), Approval.inWords(approval.openSlots()));
    Approval settled = settle(transaction, approval.id(), ApprovalStatus.TIMED_OUT, now, words);
    audit.record(transaction, CLOCK, "approval.time_out", settled, null, words);
    return settled;
  }

  private Approval settle(
      Transaction transaction,
      UUID id,
      ApprovalStatus status,
      Instant now,
      @Nullable String comment) {
    Approval settled =
        read(transaction.attach(ApprovalDao.class).settle(id, status.name(), now, comment));
    subject(settled).decided(transaction, settled);
    watch(transaction, settled);
    Failpoint.DECISION_STORED.reach();
    return settled;
  }

  /**
   * Does what is due while nobody has decided: reminds, asks others besides, or counts it as
   * rejected. Doing it again, too early or too late, does nothing.
   */
  public Approval advance(UUID id, Instant now) {
    return database.transaction(
        transaction -> {
          ApprovalDao dao = transaction.attach(ApprovalDao.class);
          Approval seen = dao.find(id).map(ApprovalRows::read).orElseThrow(() -> notFound(id));
          Instant next = seen.nextAt();
          if (next == null || next.isAfter(now)) {
            return seen;
          }
          subject(seen).lock(transaction, seen.subjectId());
          Approval approval = read(dao.find(id));
          if (approval.isDue(now)) {
            return timeOut(transaction, approval, now);
          }
          if (!approval.isWaiting() || !timers.fire(transaction, dao, approval, now)) {
            return approval;
          }
          Approval after = read(dao.find(id));
          subject(after).waitsOn(transaction, after);
          return after;
        });
  }

  /**
   * Withdraws whatever is asked about a subject, in the caller's transaction, which has locked the
   * subject: what would be approved does not exist any more.
   */
  public void withdraw(
      Transaction transaction, String subjectType, String subjectId, String why, Actor actor) {
    for (Approval asked : about(transaction.handle(), subjectType, subjectId)) {
      if (asked.isWaiting()) {
        Instant now = clock.instant();
        audit.record(
            transaction,
            actor,
            "approval.withdraw",
            settle(transaction, asked.id(), ApprovalStatus.WITHDRAWN, now, why),
            null,
            why);
      }
    }
  }

  /** The requests about a subject, in the order in which they were asked. */
  public List<Approval> about(Handle handle, String subjectType, String subjectId) {
    return handle.attach(ApprovalDao.class).of(subjectType, subjectId).stream()
        .map(ApprovalRows::read)
        .toList();
  }

  /** A request whose subject is locked, as every change of it needs. */
  Approval lock(Transaction transaction, UUID id) {
    ApprovalDao dao = transaction.attach(ApprovalDao.class);
    Approval seen = dao.find(id).map(ApprovalRows::read).orElseThrow(() -> notFound(id));
    subject(seen).lock(transaction, seen.subjectId());
    return read(dao.find(id));
  }

  static RequestRefused notFound(UUID id) {
    return new RequestRefused.NotFound("approval request", id);
  }

  /** Starts or wakes its timers, unless a run waits for it and has timers of its own. */
  private void watch(Transaction transaction, Approval approval) {
    if (approval.waitsIn() == null) {
      outbox.append(transaction, WATCH, approval.id().toString(), Map.of(), approval.requestId());
    }
  }

  private ApprovalSubject subject(Approval approval) {
    return subject(approval.subjectType());
  }

  private ApprovalSubject subject(String type) {
    return Objects.requireNonNull(subjects.get(type));
  }

  /** One that must be there: the subject is locked. */
  private static Approval read(Optional<RequestRow> row) {
    return ApprovalRows.read(row.orElseThrow());
  }
}

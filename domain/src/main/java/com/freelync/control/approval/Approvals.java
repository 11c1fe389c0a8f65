package com.freelync.control.approval;

import com.freelync.control.approval.ApprovalDao.RequestRow;
import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.notification.Notifications;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Instant;
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
  private static final Actor CLOCK = new Actor("system:approval-timer", null);

  private final Database database;
  private final ApprovalAudit audit;
  private final StandIns standIns;
  private final ApprovalMessages messages;
  private final ApprovalTimers timers;
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
      List<ApprovalSubject> subjects,
      Clock clock,
      Supplier<UUID> ids) {
    this.database = database;
    this.audit = new ApprovalAudit(audit);
    this.standIns = standIns;
    this.messages = new ApprovalMessages(notifications);
    this.timers = new ApprovalTimers(messages);
    this.subjects =
        subjects.stream()
            .collect(Collectors.toUnmodifiableMap(ApprovalSubject::type, Function.identity()));
    this.clock = clock;
    this.ids = ids;
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
      return read(
          dao,
          dao.findByIdentity(asked.subjectType(), asked.subjectId(), asked.subjectKey())
              .orElseThrow());
    }
    ApprovalTimers.plan(dao, id, asked, now);
    Approval approval = read(dao, dao.find(id).orElseThrow());
    messages.asked(transaction, approval);
    Failpoint.APPROVAL_ASKED.reach();
    return approval;
  }

  /**
   * Takes a person's word.
   *
   * @param comment the person's words; a rejection needs some
   * @param contentHash what the person saw; null if they do not say
   * @throws RequestRefused if it does not count; the attempt is audited
   */
  public Approval decide(
      UUID id,
      Approver approver,
      boolean approves,
      @Nullable String comment,
      @Nullable String contentHash) {
    if (!approves && (comment == null || comment.isBlank())) {
      throw new RequestRefused.Invalid(
          List.of(
              new FieldError(
                  "/comment", "required", "a rejection says why: give a comment, it is recorded")));
    }
    Taken taken =
        database.transaction(
            transaction -> take(transaction, id, approver, approves, comment, contentHash));
    Failpoint.DECISION_COMMITTED.reach();
    // Refusals are recorded after the transaction: a time-out that it found is kept.
    return switch (taken) {
      case Taken.Counted counted -> counted.approval();
      case Taken.Settled settled -> throw audit.settled(approver, settled.approval());
      case Taken.Changed changed -> throw audit.changed(approver, changed.approval());
      case Taken.Refused refused ->
          throw audit.refused(approver, refused.approval(), refused.reason());
    };
  }

  private Taken take(
      Transaction transaction,
      UUID id,
      Approver approver,
      boolean approves,
      @Nullable String comment,
      @Nullable String contentHash) {
    ApprovalDao dao = transaction.attach(ApprovalDao.class);
    Approval approval = lock(transaction, dao, id);
    Instant now = clock.instant();
    if (approval.isWaiting() && approval.dueAt() != null && !now.isBefore(approval.dueAt())) {
      approval = settle(transaction, dao, approval, ApprovalStatus.TIMED_OUT, now, CLOCK, null);
    }
    if (!approval.isWaiting()) {
      return new Taken.Settled(approval);
    }
    if (contentHash != null && !contentHash.equals(approval.contentHash())) {
      return new Taken.Changed(approval);
    }
    Decision decision =
        approval.rule().decide(approval.given(), standIns.candidates(transaction, approver));
    return switch (decision) {
      case Decision.Refused refused -> new Taken.Refused(approval, refused.reason());
      case Decision.Waiting waiting ->
          counted(transaction, approval, waiting.approval(), approves, false, comment, approver);
      case Decision.Complete complete ->
          counted(transaction, approval, complete.approval(), approves, true, comment, approver);
    };
  }

  private Taken counted(
      Transaction transaction,
      Approval approval,
      Given given,
      boolean approves,
      boolean isLast,
      @Nullable String comment,
      Approver approver) {
    ApprovalDao dao = transaction.attach(ApprovalDao.class);
    Instant now = clock.instant();
    dao.insertWord(
        approval.id(),
        given.by(),
        given.onBehalfOf(),
        ApprovalRows.names(given.roles()),
        approves ? "APPROVE" : "REJECT",
        comment,
        now);
    Failpoint.WORD_STORED.reach();
    Actor actor = new Actor(approver.subject(), approver.requestId());
    String action = approves ? "approval.approve" : "approval.reject";
    audit.record(transaction, actor, action, approval, given, comment);
    if (approves && !isLast) {
      Approval waiting = read(dao, dao.find(approval.id()).orElseThrow());
      dao.ask(
          waiting.id(),
          ApprovalRows.json(waiting.slots()),
          ApprovalRows.names(waiting.openRoles()));
      subject(waiting).waitsOn(transaction, waiting);
      return new Taken.Counted(waiting);
    }
    ApprovalStatus status = approves ? ApprovalStatus.APPROVED : ApprovalStatus.REJECTED;
    return new Taken.Counted(settle(transaction, dao, approval, status, now, actor, comment));
  }

  private Approval settle(
      Transaction transaction,
      ApprovalDao dao,
      Approval approval,
      ApprovalStatus status,
      Instant now,
      Actor actor,
      @Nullable String comment) {
    String words =
        status == ApprovalStatus.TIMED_OUT
            ? "Nobody decided within " + approval.timeout() + "."
            : comment;
    dao.settle(approval.id(), status.name(), now, words);
    Approval settled = read(dao, dao.find(approval.id()).orElseThrow());
    if (status == ApprovalStatus.TIMED_OUT) {
      audit.record(transaction, actor, "approval.time_out", settled, null, words);
    }
    subject(settled).decided(transaction, settled);
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
          Approval approval = lock(transaction, dao, id);
          if (!approval.isWaiting()) {
            return approval;
          }
          if (approval.dueAt() != null && !now.isBefore(approval.dueAt())) {
            return settle(transaction, dao, approval, ApprovalStatus.TIMED_OUT, now, CLOCK, null);
          }
          boolean fired = timers.fire(transaction, dao, approval, now);
          Approval after = read(dao, dao.find(id).orElseThrow());
          if (fired) {
            subject(after).waitsOn(transaction, after);
          }
          return after;
        });
  }

  /**
   * Withdraws whatever is asked about a subject, in the caller's transaction, which has locked the
   * subject: what would be approved does not exist any more.
   */
  public void withdraw(
      Transaction transaction, String subjectType, String subjectId, String why, Actor actor) {
    ApprovalDao dao = transaction.attach(ApprovalDao.class);
    for (RequestRow row : dao.of(subjectType, subjectId)) {
      if (row.status().equals("WAITING")) {
        dao.lock(row.id());
        dao.settle(row.id(), ApprovalStatus.WITHDRAWN.name(), clock.instant(), why);
        Approval withdrawn = read(dao, dao.find(row.id()).orElseThrow());
        audit.record(transaction, actor, "approval.withdraw", withdrawn, null, why);
        subject(withdrawn).decided(transaction, withdrawn);
      }
    }
  }

  /** The requests about a subject, in the order in which they were asked. */
  public List<Approval> about(Handle handle, String subjectType, String subjectId) {
    ApprovalDao dao = handle.attach(ApprovalDao.class);
    return dao.of(subjectType, subjectId).stream().map(row -> read(dao, row)).toList();
  }

  /** The request about a subject that waits, or where none does, the last one. */
  public Optional<UUID> newest(Handle handle, String subjectType, String subjectId) {
    return handle.attach(ApprovalDao.class).newest(subjectType, subjectId);
  }

  static RequestRefused notFound(UUID id) {
    return new RequestRefused.NotFound("approval request", id);
  }

  private Approval lock(Transaction transaction, ApprovalDao dao, UUID id) {
    RequestRow row = dao.find(id).orElseThrow(() -> notFound(id));
    Objects.requireNonNull(subjects.get(row.subjectType())).lock(transaction, row.subjectId());
    return read(dao, dao.lock(id).orElseThrow());
  }

  private ApprovalSubject subject(Approval approval) {
    return Objects.requireNonNull(subjects.get(approval.subjectType()));
  }

  private static Approval read(ApprovalDao dao, RequestRow row) {
    return ApprovalRows.read(dao, row);
  }
}

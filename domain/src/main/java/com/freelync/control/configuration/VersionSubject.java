package com.freelync.control.configuration;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.ApprovalStatus;
import com.freelync.control.approval.ApprovalSubject;
import com.freelync.control.approval.NewApproval;
import com.freelync.control.approval.Slot;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.Activation.Readiness;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.problem.RequestRefused;
import com.freelync.control.text.Excerpt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a version of a setting does with people's answer: it is approved, or it is not. */
public final class VersionSubject implements ApprovalSubject {
  /** The topic of the message that starts or wakes the workflow of a version. */
  public static final String WATCH = "configuration.watch";

  /** Its name in the requests to people. */
  public static final String TYPE = "configuration";

  /** As whom the clock acts. */
  static final Actor CLOCK = new Actor("system:configuration", null);

  private static final String SUBMIT = "submit/";
  private static final String GUARD = "guard/";
  private static final int LONGEST_VALUE = 200;
  private static final Duration REMINDER = Duration.ofHours(24);

  private final History history;
  private final Activation activation;
  private final Rollbacks rollbacks;
  private final Outbox outbox;
  private final Clock clock;
  private final Supplier<UUID> ids;

  VersionSubject(
      History history,
      Activation activation,
      Rollbacks rollbacks,
      Outbox outbox,
      Clock clock,
      Supplier<UUID> ids) {
    this.ids = ids;
    this.history = history;
    this.activation = activation;
    this.rollbacks = rollbacks;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void lock(Transaction transaction, String subjectId) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    dao.keyOf(UUID.fromString(subjectId)).ifPresent(dao::lock);
  }

  @Override
  public RequestRefused asksNobody(Transaction transaction, String subjectId) {
    UUID id = UUID.fromString(subjectId);
    return transaction
        .attach(ConfigurationDao.class)
        .find(id)
        .<RequestRefused>map(
            row ->
                new RequestRefused.IllegalMove(
                    "Version %d of %s is %s and asks nobody."
                        .formatted(row.version(), row.key(), row.status()),
                    row.state().moves()))
        .orElseGet(() -> Configurations.notFound(id));
  }

  /** The question whether a version may become active. */
  static NewApproval question(VersionRow row, @Nullable VersionRow active, Actor asker) {
    return question(
        row,
        SUBMIT + row.attempt(),
        "activation",
        active == null
            ? "Set %s to %s".formatted(row.key(), brief(row))
            : "Change %s from %s to %s".formatted(row.key(), brief(active), brief(row)),
        row.slots(),
        asker);
  }

  /** A value may be long, and a title is read in lists. */
  private static String brief(VersionRow row) {
    return Excerpt.of(row.shown(), LONGEST_VALUE);
  }

  /** The question whether a version stays, of which its guard could not tell. */
  static NewApproval guardQuestion(VersionRow row, String finding) {
    return question(
        row,
        GUARD + row.revision(),
        "guard",
        "Keep version %d of %s? Approve to keep it, reject to roll it back. %s"
            .formatted(row.version(), row.key(), finding),
        row.slots().isEmpty() ? List.of(Slot.of("CTO")) : row.slots().subList(0, 1),
        CLOCK);
  }

  private static NewApproval question(
      VersionRow row, String key, String name, String title, List<Slot> slots, Actor asker) {
    return new NewApproval(
        TYPE,
        row.id().toString(),
        key,
        name,
        title,
        "/admin/config/versions/" + row.id(),
        slots,
        Set.of(row.authors()),
        row.contentHash(),
        REMINDER,
        new LinkedHashMap<>(),
        null,
        asker.requestId(),
        null);
  }

  /** Whether it is asked whether the version may become active. */
  static boolean isOfSubmission(Approval approval) {
    return approval.subjectKey().startsWith(SUBMIT);
  }

  static boolean isOfAttempt(Approval approval, int attempt) {
    return approval.subjectKey().equals(SUBMIT + attempt);
  }

  @Override
  public void counted(Transaction transaction, Approval approval) {
    transaction
        .attach(ConfigurationDao.class)
        .touch(
            UUID.fromString(approval.subjectId()), clock.instant().truncatedTo(ChronoUnit.MICROS));
    record(transaction, approval, Action.APPROVAL);
  }

  @Override
  public void decided(Transaction transaction, Approval approval) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (approval.status() != ApprovalStatus.WITHDRAWN) {
      if (isOfSubmission(approval)) {
        submissionDecided(transaction, approval, now);
      } else {
        guardDecided(transaction, approval, now);
      }
    }
  }

  private void submissionDecided(Transaction transaction, Approval approval, Instant now) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    UUID id = UUID.fromString(approval.subjectId());
    if (approval.status() == ApprovalStatus.APPROVED) {
      approved(transaction, dao.find(id).orElseThrow(), actor(approval), words(approval), now);
    } else {
      dao.end(id, ConfigStatus.REJECTED.name(), null, now);
      record(transaction, approval, Action.REJECTED);
    }
    ring(transaction, id, approval.requestId());
  }

  /** It is approved, and holds at once if its instant has come meanwhile. */
  void approved(
      Transaction transaction,
      VersionRow row,
      Actor actor,
      Map<String, Object> details,
      Instant now) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    VersionRow active = dao.active(row.key()).orElse(null);
    dao.approve(row.id(), active == null ? null : active.version(), now);
    VersionRow approved = dao.find(row.id()).orElseThrow();
    history.record(
        transaction,
        Action.APPROVED,
        approved,
        active == null ? null : active.shown(),
        actor,
        null,
        details);
    if (approved.scheduledAt() != null
        && !approved.scheduledAt().isAfter(now)
        && activation.readiness(transaction.handle(), approved, Content.of(approved, null), now)
            instanceof Readiness.Ready) {
      activation.activate(transaction, approved, Map.of(), actor, now);
    }
  }

  private void guardDecided(Transaction transaction, Approval approval, Instant now) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    VersionRow row = dao.find(UUID.fromString(approval.subjectId())).orElseThrow();
    if (row.state() != ConfigStatus.ACTIVE) {
      return;
    }
    if (approval.status() == ApprovalStatus.APPROVED) {
      dao.guard(row.id(), "KEPT", approval.outcomeInWords(), now);
      record(transaction, approval, Action.GUARD_KEPT);
    } else if (Rollbacks.before(dao, row).isEmpty() || SettingRules.isRule(row.key())) {
      dao.guard(
          row.id(),
          "HELD",
          approval.outcomeInWords() + " It cannot be rolled back by itself: make a new version.",
          now);
      record(transaction, approval, Action.GUARD_HELD);
    } else {
      rollbacks.toTheOneBefore(
          transaction, row, ids.get(), approval.outcomeInWords(), actor(approval), now);
    }
  }

  private void record(Transaction transaction, Approval approval, Action action) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    VersionRow row = dao.find(UUID.fromString(approval.subjectId())).orElseThrow();
    String previous = dao.active(row.key()).map(VersionRow::shown).orElse(null);
    history.record(
        transaction, action, row, previous, actor(approval), comment(approval), words(approval));
  }

  private static Actor actor(Approval approval) {
    return approval.words().isEmpty()
        ? CLOCK
        : new Actor(approval.words().getLast().by(), approval.requestId());
  }

  private static @Nullable String comment(Approval approval) {
    return approval.words().isEmpty() ? approval.comment() : approval.words().getLast().comment();
  }

  /** Who said what. */
  private static Map<String, Object> words(Approval approval) {
    return Map.of(
        "words",
        approval.words().stream()
            .map(
                word -> {
                  Map<String, Object> said = new LinkedHashMap<>();
                  said.put("by", word.by());
                  said.put("role", word.role());
                  said.put("decision", word.isApproval() ? "APPROVED" : "REJECTED");
                  return said;
                })
            .toList());
  }

  /** Starts or wakes the version's workflow. */
  void ring(Transaction transaction, UUID id, @Nullable String requestId) {
    outbox.append(transaction, WATCH, id.toString(), Map.of(), requestId);
  }
}

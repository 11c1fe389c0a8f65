package com.freelync.control.alert;

import com.freelync.control.alert.AlertDao.Occurrence;
import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.notification.Notifications;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import com.freelync.control.text.Excerpt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Alerts: raised and cleared by the capabilities in their own transactions, moved by people. Of one
 * rule and subject at most one alert is unresolved, however many report it at once.
 */
public final class Alerts {
  /** The longest silence. */
  public static final Duration LONGEST_SILENCE = Duration.ofDays(30);

  private static final String SYSTEM = "system:alerts";
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_TITLE = 200;

  private final Database database;
  private final AuditLog audit;
  private final AlertMessages messages;
  private final Clock clock;
  private final Supplier<UUID> ids;

  public Alerts(
      Database database,
      AuditLog audit,
      Notifications notifications,
      Clock clock,
      Supplier<UUID> ids) {
    this.database = database;
    this.audit = audit;
    this.messages = new AlertMessages(notifications);
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Says that what a rule is about happened, in the caller's transaction. The first time raises an
   * alert and tells people; until it is resolved, every further time is counted on it. It locks the
   * alert until the transaction ends, so it belongs at its end, and where several are reported, in
   * the order of their subjects.
   *
   * @param subject what it is about, such as {@code month:2026-02}; 1 to 200 characters
   * @param title the finding in one line
   * @param details small facts; no secret and no personal data
   * @throws IllegalArgumentException if there is no such rule, or no subject
   */
  public Reported report(
      Transaction transaction,
      String rule,
      String subject,
      String title,
      Map<String, Object> details) {
    return report(transaction, AlertRules.require(transaction, rule), subject, title, details);
  }

  Reported report(
      Transaction transaction,
      AlertRule rule,
      String subject,
      String title,
      Map<String, Object> details) {
    if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
      throw new IllegalArgumentException("a subject has 1 to " + LONGEST_SUBJECT + " characters");
    }
    if (!rule.enabled()) {
      return Reported.DISABLED;
    }
    String line = Excerpt.of(title.replaceAll("\\p{Cntrl}+", " ").strip(), LONGEST_TITLE);
    Occurrence occurrence =
        transaction
            .attach(AlertDao.class)
            .occur(
                ids.get(),
                rule.name(),
                subject,
                rule.severity().wireName(),
                line,
                Json.write(details),
                SYSTEM,
                clock.instant());
    if (!occurrence.fires()) {
      return Reported.COUNTED;
    }
    messages.fired(transaction, rule, occurrence, line, details);
    return Reported.FIRED;
  }

  /**
   * Says that what a rule is about is over for a subject, in the caller's transaction: resolves its
   * alert, also one that is acknowledged or silenced. A silence goes on for the next one.
   *
   * @return whether there was one
   */
  public boolean clear(Transaction transaction, String rule, String subject, String reason) {
    return transaction.attach(AlertDao.class).clear(rule, subject, SYSTEM, clock.instant(), reason)
        == 1;
  }

  /**
   * A person takes it up; a silence ends with that.
   *
   * @throws RequestRefused.IllegalMove if somebody has, or if it is resolved
   */
  public Alert acknowledge(UUID id, Actor actor, @Nullable String comment) {
    return move(
        id,
        AlertState.ACKNOWLEDGED,
        actor,
        "alert.acknowledge",
        comment,
        Map.of(),
        dao -> dao.acknowledge(id, actor.subject(), clock.instant(), comment));
  }

  /**
   * Nobody is told of it before that time; the first occurrence after it fires again.
   *
   * @param until later than now, at most 30 days ahead
   * @throws RequestRefused.IllegalMove if it is resolved
   */
  public Alert silence(UUID id, Actor actor, Instant until, String reason) {
    Instant now = clock.instant();
    if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SILENCE))) {
      throw new RequestRefused.Invalid(
          List.of(
              new FieldError(
                  "/until", "range", "a silence ends later than now, and within 30 days")));
    }
    return move(
        id,
        AlertState.SILENCED,
        actor,
        "alert.silence",
        reason,
        Map.of("until", until.toString()),
        dao -> dao.silence(id, actor.subject(), until, reason));
  }

  /**
   * A person says that it is over. If it happens again, that is another alert.
   *
   * @throws RequestRefused.IllegalMove if it is resolved already
   */
  public Alert resolve(UUID id, Actor actor, String reason) {
    return move(
        id,
        AlertState.RESOLVED,
        actor,
        "alert.resolve",
        reason,
        Map.of(),
        dao -> dao.resolve(id, actor.subject(), clock.instant(), reason));
  }

  private Alert move(
      UUID id,
      AlertState to,
      Actor actor,
      String action,
      @Nullable String reason,
      Map<String, Object> facts,
      Consumer<AlertDao> write) {
    return database.transaction(
        transaction -> {
          AlertDao dao = transaction.attach(AlertDao.class);
          Alert before = dao.lock(id).orElseThrow(() -> notFound(id));
          if (!before.state().next().contains(to)) {
            throw new RequestRefused.IllegalMove(
                "An alert that is " + before.state() + " cannot become " + to + ".",
                before.state().nextWords());
          }
          write.accept(dao);
          Map<String, Object> details = new HashMap<>(facts);
          details.put("rule", before.rule());
          details.put("subject", before.subject());
          details.put("from", before.state().name());
          audit.record(
              transaction,
              AuditEntry.allowed(actor, action, "alert", id.toString(), details).because(reason));
          return dao.find(id).orElseThrow();
        });
  }

  static RequestRefused notFound(UUID id) {
    return new RequestRefused.NotFound("alert", id);
  }
}

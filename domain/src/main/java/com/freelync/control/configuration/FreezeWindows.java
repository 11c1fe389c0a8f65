package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.ListQuery;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Times in which settings stay as they are. */
public final class FreezeWindows {
  private static final String SELECT =
      """
      SELECT id, begins_at, ends_at, reason, created_by, created_at, cancelled_by, cancelled_at
        FROM control.config_freeze_window
      """;

  private static final Duration LONGEST = Duration.ofDays(92);
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Duration FARTHEST = Duration.ofDays(3_653);

  private final Database database;
  private final AuditLog audit;
  private final Outbox outbox;
  private final Clock clock;

  FreezeWindows(Database database, AuditLog audit, Outbox outbox, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** The window in which an instant lies; of several that which ends last. */
  static Optional<FreezeWindow> at(Handle handle, Instant at) {
    return handle
        .createQuery(
            SELECT
                + " WHERE cancelled_at IS NULL AND begins_at <= :at AND ends_at > :at"
                + " ORDER BY ends_at DESC LIMIT 1")
        .bind("at", at)
        .mapTo(FreezeWindow.class)
        .findOne();
  }

  /**
   * Makes one.
   *
   * @throws RequestRefused.Invalid if it is over already, ends before it begins, or is longer than
   *     92 days
   */
  public FreezeWindow create(UUID id, Instant from, Instant until, String reason, Actor actor) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (!until.isAfter(from) || !until.isAfter(now)) {
      throw new RequestRefused.Invalid(
          List.of(
              new FieldError("/ends_at", "range", "it ends after it begins, and later than now")));
    }
    if (from.isBefore(EARLIEST) || until.isAfter(now.plus(FARTHEST))) {
      throw new RequestRefused.Invalid(
          List.of(new FieldError("/ends_at", "range", "a freeze lies within the next ten years")));
    }
    if (Duration.between(from, until).compareTo(LONGEST) > 0) {
      throw new RequestRefused.Invalid(
          List.of(new FieldError("/ends_at", "range", "a freeze is at most 92 days long")));
    }
    return database.transaction(
        transaction -> {
          int inserted =
              transaction
                  .handle()
                  .createUpdate(
                      """
                      INSERT INTO control.config_freeze_window
                             (id, begins_at, ends_at, reason, created_by, created_at)
                      VALUES (:id, :from, :until, :reason, :by, :now) ON CONFLICT (id) DO NOTHING
                      """)
                  .bind("id", id)
                  .bind("from", from)
                  .bind("until", until)
                  .bind("reason", reason)
                  .bind("by", actor.subject())
                  .bind("now", now)
                  .execute();
          if (inserted == 1) {
            audit.record(
                transaction,
                AuditEntry.allowed(
                        actor,
                        "config.freeze",
                        "freeze_window",
                        id.toString(),
                        Map.of("begins_at", from.toString(), "ends_at", until.toString()))
                    .because(reason));
          }
          return find(transaction.handle(), id);
        });
  }

  /** Ends one before its time: what it held becomes active. */
  public FreezeWindow cancel(UUID id, String reason, Actor actor) {
    return database.transaction(
        transaction -> {
          FreezeWindow window = find(transaction.handle(), id);
          int cancelled =
              transaction
                  .handle()
                  .createUpdate(
                      """
                      UPDATE control.config_freeze_window SET cancelled_by = :by, cancelled_at = :now
                       WHERE id = :id AND cancelled_at IS NULL AND ends_at > :now
                      """)
                  .bind("id", id)
                  .bind("by", actor.subject())
                  .bind("now", clock.instant())
                  .execute();
          if (cancelled == 0) {
            throw new RequestRefused.IllegalMove(
                "It is over, or was cancelled already: it ended at " + window.endsAt() + ".",
                List.of());
          }
          audit.record(
              transaction,
              AuditEntry.allowed(actor, "config.unfreeze", "freeze_window", id.toString(), Map.of())
                  .because(reason));
          List<Outbox.Item> held =
              transaction
                  .attach(ConfigurationDao.class)
                  .due(clock.instant(), clock.instant())
                  .stream()
                  .map(version -> new Outbox.Item(version.toString(), Map.of()))
                  .toList();
          outbox.append(transaction, VersionSubject.WATCH, held, actor.requestId());
          return find(transaction.handle(), id);
        });
  }

  /** All of them, the newest first. */
  public List<FreezeWindow> list(Cursor after, int limit) {
    return database.read(
        handle ->
            new ListQuery(SELECT, "created_at", "id")
                .page(handle, after, limit, FreezeWindow.class));
  }

  private static FreezeWindow find(Handle handle, UUID id) {
    return handle
        .createQuery(SELECT + " WHERE id = :id")
        .bind("id", id)
        .mapTo(FreezeWindow.class)
        .findOne()
        .orElseThrow(() -> new RequestRefused.NotFound("freeze window", id));
  }
}

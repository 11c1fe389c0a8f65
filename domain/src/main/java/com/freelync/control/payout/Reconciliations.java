package com.freelync.control.payout;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.condition.Values;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reconciliations: asked for by people, owed for each business day, read. */
public final class Reconciliations {
  /** The topic of the message that starts one. */
  public static final String RECONCILE = "payout.reconcile";

  /** How many differences one run shows; it counts and sums all. */
  public static final int MOST_SHOWN = 500;

  /** Days that are made up for after nobody could reconcile. */
  private static final int MOST_OWED_DAYS = 31;

  private static final String SYSTEM = "system:payout-reconciliation";

  private final Database database;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Clock clock;
  private final Supplier<UUID> ids;

  public Reconciliations(
      Database database, Outbox outbox, AuditLog audit, Clock clock, Supplier<UUID> ids) {
    this.database = database;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
  }

  /** A run with its differences, those of most money first. */
  public record Detail(Reconciliation run, List<Difference> differences) {}

  /**
   * Owes a comparison of some business days to Temporal.
   *
   * @param id the run's id; the same id again is the first request again
   * @param until the first day that does not belong to it; later than {@code from}
   */
  public void request(
      UUID id, LocalDate from, LocalDate until, @Nullable String reason, Actor actor) {
    database.transaction(
        transaction -> {
          int inserted =
              transaction
                  .attach(ReconciliationDao.class)
                  .insert(
                      id,
                      "MANUAL",
                      begin(from),
                      begin(until),
                      actor.subject(),
                      reason,
                      actor.requestId(),
                      clock.instant());
          if (inserted == 1) {
            outbox.append(transaction, RECONCILE, id.toString(), Map.of(), actor.requestId());
            audit.record(
                transaction,
                AuditEntry.allowed(
                        actor,
                        "payout.reconcile",
                        "reconciliation",
                        id.toString(),
                        Map.of("from", from.toString(), "to", until.toString()))
                    .because(reason));
          }
          return id;
        });
  }

  /**
   * Records a run for each business day that has ended and has none, back to the last that has, and
   * at most 31 days.
   *
   * @return all scheduled runs that are not finished
   */
  public List<Reconciliation> owe() {
    return database.transaction(
        transaction -> {
          ReconciliationDao dao = transaction.attach(ReconciliationDao.class);
          Instant now = clock.instant();
          LocalDate today = LocalDate.ofInstant(now, Values.BUSINESS_ZONE);
          LocalDate first =
              dao.scheduledUntil()
                  .map(until -> LocalDate.ofInstant(until, Values.BUSINESS_ZONE))
                  .orElse(today.minusDays(1));
          LocalDate earliest = today.minusDays(MOST_OWED_DAYS);
          LocalDate day = first.isBefore(earliest) ? earliest : first;
          for (; day.isBefore(today); day = day.plusDays(1)) {
            dao.insert(
                ids.get(),
                "SCHEDULED",
                begin(day),
                begin(day.plusDays(1)),
                SYSTEM,
                null,
                null,
                now);
          }
          return dao.running(now).stream().filter(run -> run.origin().equals("SCHEDULED")).toList();
        });
  }

  /** One run. */
  public Detail get(UUID id) {
    return database.read(
        handle -> {
          ReconciliationDao dao = handle.attach(ReconciliationDao.class);
          return new Detail(
              dao.find(id).orElseThrow(() -> new RequestRefused.NotFound("reconciliation", id)),
              dao.differences(id, MOST_SHOWN));
        });
  }

  /** Runs, the newest first, after the cursor. */
  public List<Reconciliation> list(@Nullable ReconciliationStatus status, Cursor after, int limit) {
    return database.read(
        handle -> ReconciliationDao.list(status).page(handle, after, limit, Reconciliation.class));
  }

  /** Runs at work that are at least so old, and for which the outbox owes nothing. */
  public List<Reconciliation> running(Duration age) {
    return database.read(
        handle -> handle.attach(ReconciliationDao.class).running(clock.instant().minus(age)));
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(Values.BUSINESS_ZONE).toInstant();
  }
}

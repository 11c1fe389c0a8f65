package com.freelync.control.automation;

import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Executions that are not over although nothing is owed to Temporal for them: a durable run must be
 * at work on each.
 */
public final class OpenRuns {
  /** The error type of an execution whose run was ended from outside. */
  public static final String LOST = "run_lost";

  private final Database database;
  private final Outbox outbox;
  private final RunApprovals approvals;
  private final ExecutionEnds ends;
  private final Clock clock;

  public OpenRuns(
      Database database, Outbox outbox, RunApprovals approvals, ExecutionEnds ends, Clock clock) {
    this.approvals = approvals;
    this.ends = ends;
    this.database = database;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** One of them. */
  public record OpenRun(UUID id, int run, Instant createdAt) {
    /** Where a list goes on after it. */
    public Cursor cursor() {
      return new Cursor(createdAt, id);
    }
  }

  /** Those that are at least so old, newest first, after the cursor. */
  public List<OpenRun> list(Duration age, Cursor after, int limit) {
    return database.read(
        handle ->
            handle
                .attach(ExecutionDao.class)
                .open(clock.instant().minus(age), after.at(), after.id(), limit));
  }

  /**
   * Ends an execution whose run was terminated or timed out in Temporal: as cancelled if that was
   * asked for, else as failed. One that is over keeps its end.
   *
   * @param how how the run ended in Temporal
   * @return whether this ended it
   */
  public boolean lost(UUID id, String how) {
    return database.transaction(
        transaction -> {
          ExecutionDao dao = transaction.attach(ExecutionDao.class);
          dao.lockRow(id);
          String reason = "Its run ended in Temporal as " + how + " without saying so.";
          String error = Json.write(Runs.failure(LOST, reason, null));
          boolean ended =
              dao.finishCancelled(id, clock.instant()) == 1
                  || dao.finish(id, "FAILED", clock.instant(), reason, error) == 1;
          if (ended) {
            approvals.withdraw(transaction, id);
            ends.over(transaction, id);
          }
          return ended;
        });
  }

  /**
   * Owes the run to Temporal once more, which does not know it; recorded steps are not repeated.
   */
  public void startAgain(UUID id) {
    database.transaction(
        transaction -> {
          outbox.append(transaction, ExecutionIntake.RUN, id.toString(), Map.of(), null);
          return id;
        });
  }
}

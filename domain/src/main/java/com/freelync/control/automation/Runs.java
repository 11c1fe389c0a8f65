package com.freelync.control.automation;

import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a durable run writes of itself: its beginning and its end. Everything here may be called
 * again with the same arguments, by any process, and then changes nothing.
 */
public final class Runs {
  private final Database database;
  private final StoredDefinitions definitions;
  private final RunApprovals approvals;
  private final ExecutionEnds ends;
  private final Clock clock;

  public Runs(
      Database database,
      StoredDefinitions definitions,
      RunApprovals approvals,
      ExecutionEnds ends,
      Clock clock) {
    this.database = database;
    this.approvals = approvals;
    this.definitions = definitions;
    this.ends = ends;
    this.clock = clock;
  }

  /**
   * What the run of an execution starts with; empty if the execution is over, or waits for others.
   */
  public Optional<RunStart> start(UUID executionId) {
    return database.read(
        handle ->
            handle
                .attach(ExecutionDao.class)
                .find(executionId)
                .filter(row -> row.finishedAt() == null)
                .filter(row -> !handle.attach(QueueDao.class).isWaiting(executionId))
                .map(row -> start(handle.attach(AutomationDao.class), row)));
  }

  private RunStart start(AutomationDao automations, ExecutionRow row) {
    StoredDefinitions.Stored stored =
        definitions.find(automations, row.workflowId(), row.workflowVersion());
    return new RunStart(
        row.id(),
        row.run(),
        row.workflowId(),
        row.workflowVersion(),
        stored.definition().name(),
        stored.document(),
        Json.readObject(row.factsJson()),
        TriggerUse.of(stored.definition().steps(), Json.readObject(row.triggerDataJson())),
        row.triggeredBy(),
        row.why(),
        row.entityType(),
        row.entityId(),
        row.requestId());
  }

  /** Begins a run; false if the execution is over already, for instance cancelled. */
  public boolean begin(UUID executionId) {
    return database.transaction(
        transaction ->
            transaction.attach(ExecutionDao.class).begin(executionId, clock.instant()) == 1);
  }

  /** How an execution ended; empty if it has not. */
  public Optional<End> end(UUID executionId) {
    return database.read(
        handle ->
            handle
                .attach(ExecutionDao.class)
                .find(executionId)
                .filter(row -> row.finishedAt() != null)
                .map(row -> new End(row.status(), row.reason())));
  }

  /** An end as it is recorded. */
  public record End(String status, @Nullable String reason) {}

  /** Ends a run; an execution that is over already keeps its end. */
  public void finish(
      UUID executionId,
      String status,
      @Nullable String reason,
      @Nullable Map<String, Object> error) {
    database.transaction(
        transaction -> {
          finish(transaction, executionId, status, reason, error);
          return executionId;
        });
  }

  /** Ends a run in the caller's transaction, which has locked the execution or locks nothing. */
  void finish(
      Transaction transaction,
      UUID executionId,
      String status,
      @Nullable String reason,
      @Nullable Map<String, Object> error) {
    int ended =
        transaction
            .attach(ExecutionDao.class)
            .finish(
                executionId,
                status,
                clock.instant(),
                reason,
                error == null ? null : Json.write(error));
    if (ended == 1) {
      over(transaction, executionId);
    }
  }

  /**
   * Ends an execution that was asked to cancel and whose run is gone; one that is over keeps its
   * end.
   *
   * @return whether this ended it
   */
  public boolean cancelledWithoutRun(UUID executionId) {
    return database.transaction(
        transaction -> {
          ExecutionDao dao = transaction.attach(ExecutionDao.class);
          dao.lockRow(executionId);
          boolean ended = dao.finishCancelled(executionId, clock.instant()) == 1;
          if (ended) {
            over(transaction, executionId);
          }
          return ended;
        });
  }

  /** Nobody is asked, and nothing waits, for a run that is over; others may begin. */
  private void over(Transaction transaction, UUID executionId) {
    approvals.withdraw(transaction, executionId);
    ends.over(transaction, executionId);
  }

  /** The error of a run that failed, as it is recorded: with what a retry takes again. */
  public static Map<String, Object> error(RunOutcome.Failed failed) {
    return Retries.error(failed);
  }

  /** An error as it is recorded. */
  public static Map<String, Object> failure(
      String type, String message, @Nullable String stackTrace) {
    return stackTrace == null
        ? Map.of("type", type, "message", message)
        : Map.of("type", type, "message", message, "stack_trace", stackTrace);
  }
}

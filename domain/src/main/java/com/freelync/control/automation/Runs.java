package com.freelync.control.automation;

import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.database.Failures;
import com.freelync.control.database.Json;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a durable run writes: its beginning, each step, its end. Everything here may be called again
 * with the same arguments, by any process, and then changes nothing.
 */
public final class Runs {
  private final Database database;
  private final ActionCatalog catalog;
  private final StoredDefinitions definitions;
  private final AuditLog audit;
  private final RunApprovals approvals;
  private final Clock clock;

  public Runs(
      Database database,
      ActionCatalog catalog,
      StoredDefinitions definitions,
      AuditLog audit,
      RunApprovals approvals,
      Clock clock) {
    this.database = database;
    this.audit = audit;
    this.approvals = approvals;
    this.catalog = catalog;
    this.definitions = definitions;
    this.clock = clock;
  }

  /** What the run of an execution starts with; empty if the execution is over already. */
  public Optional<RunStart> start(UUID executionId) {
    return database.read(
        handle ->
            handle
                .attach(ExecutionDao.class)
                .find(executionId)
                .filter(row -> row.finishedAt() == null)
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

  /** How an attempt at an action ended. */
  public sealed interface Attempt {
    /** Done, now or by an earlier attempt. */
    record Done(Map<String, Object> output) implements Attempt {}

    /** The business refuses it; trying again changes nothing. */
    record Refused(String code, String reason) implements Attempt {}

    /** The execution was cancelled before the step, or is over. */
    record Cancelled() implements Attempt {}
  }

  /**
   * Performs the action at a path of the stored definition and records its step in one transaction.
   * A step that has ended keeps its end: it is returned, and nothing is done.
   *
   * @param given the inputs as the caller has them: recorded of a step that is refused before its
   *     own are found in the stored definition
   * @param attempt which attempt this is, from 1
   * @throws RuntimeException if it fails for a reason that may pass; the step then says so
   */
  public Attempt perform(UUID executionId, String path, Map<String, Object> given, int attempt) {
    StepPerformance step =
        new StepPerformance(
            catalog, approvals, definitions, clock, executionId, path, given, attempt);
    try {
      return database.transaction(step::in);
    } catch (ActionRefused refused) {
      recordRefusal(step, refused);
      return new Attempt.Refused(refused.code(), refused.reason());
    } catch (RuntimeException e) {
      recordAttempt(step.record(), e);
      throw e;
    }
  }

  /** Records a condition within the run. */
  public void judged(
      UUID executionId, String path, boolean holds, List<Map<String, Object>> found) {
    StepRecord step = new StepRecord(executionId, path, "if", Map.of(), 1, clock.instant());
    Map<String, Object> output = Map.of("holds", holds, "conditions", found);
    database.transaction(
        transaction -> {
          step.write(transaction.attach(StepDao.class), "COMPLETED", output, null, clock.instant());
          return path;
        });
  }

  /** Records that a step is not taken. */
  public void skipped(UUID executionId, String path, String action, String reason) {
    record(
        new StepRecord(executionId, path, action, Map.of(), 0, clock.instant()),
        "SKIPPED",
        Map.of("reason", reason));
  }

  /** Records that a step failed for good, when its attempts are used up. */
  public void failed(
      UUID executionId,
      String path,
      String action,
      String type,
      String message,
      @Nullable String stackTrace) {
    record(
        new StepRecord(executionId, path, action, Map.of(), 1, clock.instant()),
        "FAILED",
        failure(type, message, stackTrace));
  }

  /** Ends a run; an execution that is over already keeps its end. */
  public void finish(
      UUID executionId,
      String status,
      @Nullable String reason,
      @Nullable Map<String, Object> error) {
    database.transaction(
        transaction -> {
          ExecutionDao dao = transaction.attach(ExecutionDao.class);
          dao.lockRow(executionId);
          int ended =
              dao.finish(
                  executionId,
                  status,
                  clock.instant(),
                  reason,
                  error == null ? null : Json.write(error));
          if (ended == 1) {
            approvals.withdraw(transaction, executionId);
          }
          return ended;
        });
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
            approvals.withdraw(transaction, executionId);
          }
          return ended;
        });
  }

  /** An error as it is recorded. */
  public static Map<String, Object> failure(
      String type, String message, @Nullable String stackTrace) {
    return stackTrace == null
        ? Map.of("type", type, "message", message)
        : Map.of("type", type, "message", message, "stack_trace", stackTrace);
  }

  private void record(StepRecord step, String status, Map<String, Object> error) {
    database.transaction(
        transaction -> {
          step.write(transaction.attach(StepDao.class), status, null, error, clock.instant());
          return status;
        });
  }

  private void recordRefusal(StepPerformance step, ActionRefused refused) {
    Map<String, Object> error = failure(refused.code(), refused.reason(), null);
    database.transaction(
        transaction -> {
          step.record()
              .write(transaction.attach(StepDao.class), "FAILED", null, error, clock.instant());
          step.refusal(refused).ifPresent(entry -> audit.record(transaction, entry));
          return step;
        });
  }

  /** Best effort: where the database itself is away, the attempt shows only in Temporal. */
  private void recordAttempt(StepRecord step, RuntimeException cause) {
    try {
      record(step, "RUNNING", failure(cause.getClass().getName(), Failures.describe(cause), null));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}

package com.freelync.control.automation;

import com.freelync.control.database.Database;
import com.freelync.control.database.Failures;
import com.freelync.control.database.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a durable run writes: its beginning, each step, its end. Everything here may be called again
 * with the same arguments, by any process, and then changes nothing.
 */
public final class Runs {
  private final Database database;
  private final ActionCatalog catalog;
  private final Clock clock;

  public Runs(Database database, ActionCatalog catalog, Clock clock) {
    this.database = database;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** Begins a run; false if the execution is over already, for instance cancelled. */
  public boolean begin(UUID executionId) {
    return database.transaction(
        transaction ->
            transaction.attach(ExecutionDao.class).begin(executionId, clock.instant()) == 1);
  }

  /** How an attempt at an action ended. */
  public sealed interface Attempt {
    /** Done, now or by an earlier attempt. */
    record Done(Map<String, Object> output) implements Attempt {}

    /** The business refuses it; trying again changes nothing. */
    record Refused(String code, String reason) implements Attempt {}

    /** The execution was cancelled before the step. */
    record Cancelled() implements Attempt {}
  }

  /**
   * Performs an action and records its step in one transaction.
   *
   * @param attempt which attempt this is, from 1
   * @throws RuntimeException if it fails for a reason that may pass; the step then says so
   */
  public Attempt perform(
      RunIdentity run, String path, String action, Map<String, Object> given, int attempt) {
    Instant started = clock.instant();
    Map<String, Object> known =
        catalog
            .find(action)
            .map(found -> ActionInputs.known(found, given, run.triggerData()))
            .orElse(given);
    StepRecord step = new StepRecord(run.executionId(), path, action, known, attempt, started);
    try {
      return database.transaction(
          transaction -> {
            boolean cancelled =
                transaction
                    .attach(ExecutionDao.class)
                    .lockAndSeeCancelled(run.executionId())
                    .orElseThrow();
            StepDao steps = transaction.attach(StepDao.class);
            var before = steps.find(run.executionId(), path);
            if (before.isPresent() && before.get().status().equals("COMPLETED")) {
              return new Attempt.Done(Json.readObject(before.get().outputJson()));
            }
            if (cancelled) {
              return new Attempt.Cancelled();
            }
            Action found =
                catalog
                    .find(action)
                    .orElseThrow(
                        () -> new ActionRefused("unknown_action", "there is no action " + action));
            Map<String, Object> input = ActionInputs.complete(found, given, run.triggerData());
            Action.Result result = found.perform(transaction, new Action.Request(run, path, input));
            step.with(input).write(steps, "COMPLETED", result.output(), null, clock.instant());
            steps.affect(run.executionId(), result.affected());
            return new Attempt.Done(result.output());
          });
    } catch (ActionRefused refused) {
      record(step, "FAILED", failure(refused.code(), refused.reason(), null));
      return new Attempt.Refused(refused.code(), refused.reason());
    } catch (RuntimeException e) {
      recordAttempt(step, e);
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
        transaction ->
            transaction
                .attach(ExecutionDao.class)
                .finish(
                    executionId,
                    status,
                    clock.instant(),
                    reason,
                    error == null ? null : Json.write(error)));
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

  /** Best effort: where the database itself is away, the attempt shows only in Temporal. */
  private void recordAttempt(StepRecord step, RuntimeException cause) {
    try {
      record(step, "RUNNING", failure(cause.getClass().getName(), Failures.describe(cause), null));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}

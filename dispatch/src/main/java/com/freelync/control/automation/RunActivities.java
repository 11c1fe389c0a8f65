package com.freelync.control.automation;

import com.freelync.control.approval.ApprovalState;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run does in our own database: short transactions, called as local activities. Each may be
 * called again with the same arguments and then changes nothing.
 */
@ActivityInterface(namePrefix = "Run")
public interface RunActivities {
  /** Marks the execution as running; false if it is over already. */
  boolean begin(UUID executionId);

  /** How an execution ended that is over already. */
  AutomationRun.RunResult ended(UUID executionId);

  /**
   * Performs an action and records its step in one transaction.
   *
   * @throws io.temporal.failure.ApplicationFailure for a failure that may pass
   */
  PerformResult perform(Perform call);

  /**
   * Asks people for the approval step at a path, once, and says how that stands.
   *
   * @param nowMillis the run's time
   */
  ApprovalState ask(UUID executionId, String path, long nowMillis);

  /** Records which way a condition went. */
  void judged(UUID executionId, String path, boolean holds, List<Map<String, Object>> conditions);

  /** Records that a step is not taken. */
  void skipped(UUID executionId, String path, String action, String reason);

  /** Records that a step failed for good. */
  void failed(
      UUID executionId,
      String path,
      String action,
      String type,
      String message,
      @Nullable String stackTrace);

  /** Ends the execution. */
  void finish(
      UUID executionId,
      String status,
      @Nullable String reason,
      @Nullable Map<String, Object> error);

  /**
   * One call of the action at a path of the stored definition.
   *
   * @param input the inputs, with their references resolved
   * @param requestId the HTTP request that led to the run, for the log
   */
  record Perform(
      UUID executionId, String path, Map<String, Object> input, @Nullable String requestId) {}

  /** How it ended. */
  record PerformResult(
      Kind kind, Map<String, Object> output, @Nullable String code, @Nullable String reason) {}

  /** The ways in which an action ends. */
  enum Kind {
    DONE,
    REFUSED,
    CANCELLED
  }
}

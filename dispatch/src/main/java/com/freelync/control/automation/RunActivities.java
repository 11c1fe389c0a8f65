package com.freelync.control.automation;

import com.freelync.control.approval.ApprovalState;
import com.freelync.control.automation.safety.HeldUp.Hold;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
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
   * Performs an action and records its step in one transaction; one that leaves the house is only
   * begun.
   *
   * @throws io.temporal.failure.ApplicationFailure for a failure that may pass
   */
  PerformResult perform(Perform call);

  /**
   * Asks people for an approval step, once, and says how that stands.
   *
   * @param waitsIn the workflow that waits
   * @param nowMillis the run's time
   */
  ApprovalState ask(UUID executionId, StepPlace place, String waitsIn, long nowMillis);

  /** Records which way a condition went. */
  void judged(
      UUID executionId, StepPlace place, boolean holds, List<Map<String, Object>> conditions);

  /** Records that a step is not taken. */
  void skipped(UUID executionId, StepPlace place, String action, String reason);

  /** Records that a step failed for good. */
  void failed(UUID executionId, StepPlace place, String action, Map<String, Object> failure);

  /** Records what became of a construct. */
  void completed(UUID executionId, StepPlace place, String construct, Map<String, Object> output);

  /** Records that a construct failed. */
  void constructFailed(
      UUID executionId, StepPlace place, String construct, Map<String, Object> failure);

  /**
   * Records that the run waits.
   *
   * @param untilMillis the end of the wait where it has not begun before
   * @return the end of the wait, in millis
   */
  long waits(UUID executionId, StepPlace place, long untilMillis);

  /** Records that a loop begins. */
  void loops(UUID executionId, StepPlace place, int count, int batch);

  /** Entries of a list that a step gave, in order. */
  List<Object> items(UUID executionId, StoredList list, int from, int most);

  /** Whether a run that is asked to cancel undoes what it did. */
  boolean undoes(UUID executionId);

  /** The next steps to take that undo others, in order; empty if everything is undone. */
  List<StepPlace> undoing(UUID executionId, StepPlace within);

  /** Ends the execution. */
  void finish(
      UUID executionId,
      String status,
      @Nullable String reason,
      @Nullable Map<String, Object> error);

  /**
   * One call of the action at a place of the stored definition.
   *
   * @param input the inputs, with their references resolved
   * @param requestId the HTTP request that led to the run, for the log
   * @param waitsIn the workflow that is woken if the step is held up
   * @param begins whether the run begins with it, which nothing has recorded before
   * @param ends whether the run is COMPLETED, and recorded so, once it is DONE
   */
  record Perform(
      UUID executionId,
      StepPlace place,
      Map<String, Object> input,
      @Nullable String requestId,
      String waitsIn,
      boolean begins,
      boolean ends) {}

  /**
   * How it ended.
   *
   * @param hold what holds it up
   * @param until until when at the latest
   * @param asked what people are asked
   */
  record PerformResult(
      Kind kind,
      Map<String, Object> output,
      @Nullable String code,
      @Nullable String reason,
      @Nullable Hold hold,
      @Nullable Instant until,
      @Nullable ApprovalState asked) {}

  /** The ways in which a call ends. */
  enum Kind {
    DONE,
    REFUSED,
    CANCELLED,
    SKIPPED,
    REJECTED,
    BEGUN,
    WAITS,
    ASKS
  }
}

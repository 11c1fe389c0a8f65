package com.freelync.control.automation;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** The durable run of one execution: takes the steps of a definition, in order, each once. */
@WorkflowInterface
public interface AutomationRun {
  /** Runs to the end. Fails, for operators to see, if the execution failed. */
  @WorkflowMethod(name = "AutomationRun")
  RunResult run(RunInput input);

  /**
   * A doorbell: look into the database. It decides nothing.
   *
   * @param place for whom it rings, as {@link StepPlace} writes it; null for everybody who waits
   */
  @SignalMethod(name = "decided")
  void decided(@Nullable String place);

  /** How the execution ended, as an operator reads it in Temporal. */
  record RunResult(String status, @Nullable String reason) {}
}

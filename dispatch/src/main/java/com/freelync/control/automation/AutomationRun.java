package com.freelync.control.automation;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The durable run of one execution: takes the steps of a definition, in order, each once. */
@WorkflowInterface
public interface AutomationRun {
  /** Runs to the end. Fails, for operators to see, if the execution failed. */
  @WorkflowMethod(name = "AutomationRun")
  void run(RunInput input);
}

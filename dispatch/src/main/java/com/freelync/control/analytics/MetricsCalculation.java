package com.freelync.control.analytics;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Closes the business day: records the periods that are over, and takes the day's snapshot. */
@WorkflowInterface
public interface MetricsCalculation {
  /** The id of the schedule that starts it. */
  String SCHEDULE = "analytics-calculation";

  /** Records what is over and not recorded yet, and what was corrected since. */
  @WorkflowMethod(name = "MetricsCalculation")
  void run();
}

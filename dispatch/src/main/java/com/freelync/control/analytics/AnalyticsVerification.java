package com.freelync.control.analytics;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Proves the stored aggregates against the source, each minute some of them. */
@WorkflowInterface
public interface AnalyticsVerification {
  /** The id of the schedule that starts it. */
  String SCHEDULE = "analytics-verification";

  /** Rebuilds what may not be believed, then verifies the months whose turn it is. */
  @WorkflowMethod(name = "AnalyticsVerification")
  void run();
}

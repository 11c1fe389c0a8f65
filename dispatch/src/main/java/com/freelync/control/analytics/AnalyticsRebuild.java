package com.freelync.control.analytics;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Makes the rollups of some months anew from the source, and proves them. */
@WorkflowInterface
public interface AnalyticsRebuild {
  /** Rebuilds, then verifies. */
  @WorkflowMethod(name = "AnalyticsRebuild")
  void run(RebuildInput input);
}

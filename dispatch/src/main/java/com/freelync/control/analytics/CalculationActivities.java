package com.freelync.control.analytics;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Calculates metrics and records them. Each may be done twice: what is recorded already is not
 * recorded again. A further attempt goes on where the one before it came to.
 */
@ActivityInterface
public interface CalculationActivities {
  /**
   * Records every period that is over.
   *
   * @return how many values are new or were corrected
   */
  @ActivityMethod(name = "calculate_metrics")
  int calculateMetrics();

  /**
   * Takes the snapshots of days that are over.
   *
   * @return how many revisions are new
   */
  @ActivityMethod(name = "take_snapshots")
  int takeSnapshots();
}

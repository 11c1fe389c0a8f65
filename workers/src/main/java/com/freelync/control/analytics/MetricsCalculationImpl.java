package com.freelync.control.analytics;

/** Two activities, one after the other. */
public final class MetricsCalculationImpl implements MetricsCalculation {
  @Override
  public void run() {
    LongActivities.of(CalculationActivities.class, "Record the periods that are over")
        .calculateMetrics();
    LongActivities.of(CalculationActivities.class, "Take the snapshots of days that are over")
        .takeSnapshots();
  }
}

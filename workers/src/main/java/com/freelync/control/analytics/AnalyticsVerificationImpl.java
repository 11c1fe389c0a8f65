package com.freelync.control.analytics;

/** Two activities, one after the other. */
public final class AnalyticsVerificationImpl implements AnalyticsVerification {
  @Override
  public void run() {
    LongActivities.of(VerificationActivities.class, "Rebuild what was doubted").rebuildDoubted();
    LongActivities.of(VerificationActivities.class, "Compare months with the source").verifyDue();
  }
}

package com.freelync.control.analytics;

/** Two activities, one after the other. */
public final class AnalyticsRebuildImpl implements AnalyticsRebuild {
  @Override
  public void run(RebuildInput input) {
    LongActivities.untilDone(VerificationActivities.class, "Make the months anew from the source")
        .rebuildMonths(input);
    LongActivities.untilDone(VerificationActivities.class, "Compare them with the source")
        .verifyMonths(input);
  }
}

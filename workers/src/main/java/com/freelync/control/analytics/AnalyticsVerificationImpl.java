package com.freelync.control.analytics;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Two activities, one after the other. */
public final class AnalyticsVerificationImpl implements AnalyticsVerification {
  @Override
  public void run() {
    activities("Rebuild what was doubted").rebuildDoubted();
    activities("Compare months with the source").verifyDue();
  }

  /** They heartbeat: one that died with its worker is begun again within half a minute. */
  private static VerificationActivities activities(String summary) {
    return Workflow.newActivityStub(
        VerificationActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofHours(2))
            .setHeartbeatTimeout(Duration.ofSeconds(30))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setMaximumInterval(Duration.ofSeconds(30))
                    .setMaximumAttempts(4)
                    .build())
            .setSummary(summary)
            .build());
  }
}

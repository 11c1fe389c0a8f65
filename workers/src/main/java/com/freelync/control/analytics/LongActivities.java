package com.freelync.control.analytics;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Activities that take minutes of a large marketplace. */
final class LongActivities {
  private LongActivities() {}

  /** They heartbeat: one that died with its worker is begun again within half a minute. */
  static <T> T of(Class<T> activities, String summary) {
    return Workflow.newActivityStub(
        activities,
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

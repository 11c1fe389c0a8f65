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
    return stub(activities, summary, retry().setMaximumAttempts(4).build());
  }

  /** The same of what a person asked for: it is tried until it is done, or a day is over. */
  static <T> T untilDone(Class<T> activities, String summary) {
    return stub(activities, summary, retry().build());
  }

  private static RetryOptions.Builder retry() {
    return RetryOptions.newBuilder()
        .setInitialInterval(Duration.ofSeconds(1))
        .setMaximumInterval(Duration.ofSeconds(30));
  }

  private static <T> T stub(Class<T> activities, String summary, RetryOptions retry) {
    return Workflow.newActivityStub(
        activities,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofHours(2))
            .setScheduleToCloseTimeout(Duration.ofDays(1))
            .setHeartbeatTimeout(Duration.ofSeconds(30))
            .setRetryOptions(retry)
            .setSummary(summary)
            .build());
  }
}

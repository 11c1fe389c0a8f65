package com.freelync.control.worker;

import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How workflows call our own database: short transactions within the workflow task. */
public final class LocalCalls {
  /** Longer than a worker's connection lets a transaction wait, so that the database gives up. */
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private LocalCalls() {}

  /**
   * Records, which are tried until the database has them: what happened never stays unwritten.
   *
   * @param summary what the call is for, as an operator reads it in Temporal
   */
  public static <T> T records(Class<T> activities, String summary) {
    return stub(
        activities,
        summary,
        RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofMillis(200))
            .setBackoffCoefficient(2)
            .setMaximumInterval(Duration.ofSeconds(10))
            // Without a bound of its own a local activity is not tried again at all.
            .setMaximumAttempts(Integer.MAX_VALUE)
            .build());
  }

  /** A call with the retries that the caller asks for. */
  public static <T> T attempts(Class<T> activities, String summary, RetryOptions retry) {
    return stub(activities, summary, retry);
  }

  private static <T> T stub(Class<T> activities, String summary, RetryOptions retry) {
    return Workflow.newLocalActivityStub(
        activities,
        LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(LONGEST)
            .setLocalRetryThreshold(Duration.ofSeconds(1))
            .setRetryOptions(retry)
            .setSummary(summary)
            .build());
  }
}

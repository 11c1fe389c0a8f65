package com.freelync.control.automation;

import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How runs call our own database. */
final class LocalCalls {
  private LocalCalls() {}

  /** Records, which are retried until the database has them: a run never ends unrecorded. */
  static RunActivities records(String summary) {
    return stub(
        summary,
        RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofMillis(200))
            .setBackoffCoefficient(2)
            .setMaximumInterval(Duration.ofSeconds(10))
            .build());
  }

  /** An action, with the retries that its step asks for. */
  static RunActivities action(Retry retry, String summary) {
    return stub(
        summary,
        RetryOptions.newBuilder()
            .setInitialInterval(retry.initial())
            .setBackoffCoefficient(retry.multiplier() / 100.0)
            .setMaximumInterval(Duration.ofMinutes(5))
            .setMaximumAttempts(1 + retry.maxRetries())
            .build());
  }

  private static RunActivities stub(String summary, RetryOptions retry) {
    return Workflow.newLocalActivityStub(
        RunActivities.class,
        LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(2))
            .setLocalRetryThreshold(Duration.ofSeconds(1))
            .setRetryOptions(retry)
            .setSummary(summary)
            .build());
  }
}

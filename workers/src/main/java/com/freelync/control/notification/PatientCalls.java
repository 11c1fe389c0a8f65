package com.freelync.control.notification;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How deliveries call other systems: for a day, at growing distances. */
final class PatientCalls {
  private static final Duration PATIENCE = Duration.ofDays(1);

  private PatientCalls() {}

  /**
   * Activities that are tried for a day.
   *
   * @param attempt how long one attempt may take
   * @param summary what the call is for, as an operator reads it in Temporal
   */
  static <T> T of(Class<T> activities, Duration attempt, String summary) {
    return Workflow.newActivityStub(
        activities,
        ActivityOptions.newBuilder()
            .setScheduleToCloseTimeout(PATIENCE)
            .setStartToCloseTimeout(attempt)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setBackoffCoefficient(2)
                    .setMaximumInterval(Duration.ofMinutes(10))
                    .build())
            .setSummary(summary)
            .build());
  }
}

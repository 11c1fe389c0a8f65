package com.freelync.control.notification;

import com.freelync.control.worker.LocalCalls;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Tries for a day, at growing distances; then marks the message as FAILED and fails. */
public final class OutgoingDeliveryImpl implements OutgoingDelivery {
  private static final Duration PATIENCE = Duration.ofDays(1);

  @Override
  public OutgoingActivities.Outcome deliver(OutgoingInput input) {
    try {
      return otherSystem().deliver(input);
    } catch (ActivityFailure e) {
      // Also where an operator cancels: the mark is made in either case.
      Workflow.newDetachedCancellationScope(() -> database().giveUp(input)).run();
      throw ApplicationFailure.newNonRetryableFailureWithCause(
          "The message " + input.messageId() + " was given up", "message_given_up", e);
    }
  }

  private static OutgoingActivities otherSystem() {
    return Workflow.newActivityStub(
        OutgoingActivities.class,
        ActivityOptions.newBuilder()
            .setScheduleToCloseTimeout(PATIENCE)
            .setStartToCloseTimeout(Duration.ofSeconds(60))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setBackoffCoefficient(2)
                    .setMaximumInterval(Duration.ofMinutes(10))
                    .build())
            .setSummary("tell the other system")
            .build());
  }

  private static OutgoingActivities database() {
    return LocalCalls.records(OutgoingActivities.class, "mark the message as given up");
  }
}

package com.freelync.control.notification;

import com.freelync.control.worker.LocalCalls;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Tries to send for a day, at growing distances; then marks the mail as FAILED and fails. */
public final class MailDeliveryImpl implements MailDelivery {
  private static final Duration PATIENCE = Duration.ofDays(1);

  @Override
  public MailActivities.Outcome deliver(MailInput input) {
    try {
      return mailServer().send(input);
    } catch (ActivityFailure e) {
      // Also where an operator cancels: the mark is made in either case.
      Workflow.newDetachedCancellationScope(() -> database().giveUp(input)).run();
      throw ApplicationFailure.newNonRetryableFailureWithCause(
          "The mail of inbox message " + input.inboxId() + " was given up", "mail_given_up", e);
    }
  }

  private static MailActivities mailServer() {
    return Workflow.newActivityStub(
        MailActivities.class,
        ActivityOptions.newBuilder()
            .setScheduleToCloseTimeout(PATIENCE)
            .setStartToCloseTimeout(Duration.ofSeconds(90))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setBackoffCoefficient(2)
                    .setMaximumInterval(Duration.ofMinutes(10))
                    .build())
            .setSummary("hand the mail to the mail server")
            .build());
  }

  private static MailActivities database() {
    return LocalCalls.records(MailActivities.class, "mark the mail as given up");
  }
}

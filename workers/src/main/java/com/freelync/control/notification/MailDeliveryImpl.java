package com.freelync.control.notification;

import com.freelync.control.worker.LocalCalls;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Tries to send for a day, at growing distances; then marks the mail as FAILED and fails. */
public final class MailDeliveryImpl implements MailDelivery {
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
    return PatientCalls.of(
        MailActivities.class, Duration.ofSeconds(90), "hand the mail to the mail server");
  }

  private static MailActivities database() {
    return LocalCalls.records(MailActivities.class, "mark the mail as given up");
  }
}

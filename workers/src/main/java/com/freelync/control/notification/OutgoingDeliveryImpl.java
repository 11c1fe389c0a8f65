package com.freelync.control.notification;

import com.freelync.control.worker.LocalCalls;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Tries for a day, at growing distances; then marks the message as FAILED and fails. */
public final class OutgoingDeliveryImpl implements OutgoingDelivery {
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
    return PatientCalls.of(
        OutgoingActivities.class, Duration.ofSeconds(60), "tell the other system");
  }

  private static OutgoingActivities database() {
    return LocalCalls.records(OutgoingActivities.class, "mark the message as given up");
  }
}

package com.freelync.control.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.freelync.control.notification.OutgoingActivities.Outcome;
import com.freelync.control.temporal.TaskQueues;
import com.freelync.control.webhook.WebhookNotTaken;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutgoingDeliveryTest {
  private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicLong givenUpAt = new AtomicLong();
  private final AtomicReference<UUID> givenUp = new AtomicReference<>();

  @AfterEach
  void close() {
    environment.close();
  }

  private OutgoingDelivery delivery(int failures, Outcome outcome) {
    Worker worker = environment.newWorker(TaskQueues.NOTIFICATION);
    worker.registerWorkflowImplementationTypes(OutgoingDeliveryImpl.class);
    worker.registerActivitiesImplementations(
        new OutgoingActivities() {
          @Override
          public Outcome deliver(OutgoingInput input) {
            if (attempts.incrementAndGet() <= failures) {
              throw new WebhookNotTaken("It answered 503.");
            }
            return outcome;
          }

          @Override
          public void giveUp(OutgoingInput input) {
            givenUp.set(input.messageId());
            givenUpAt.set(environment.currentTimeMillis());
          }
        });
    environment.start();
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            OutgoingDelivery.class,
            WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.NOTIFICATION).build());
  }

  @Test
  @DisplayName("AU-5: a message that is not taken is tried again until it is")
  void triesAgain() {
    assertThat(delivery(4, Outcome.SENT).deliver(new OutgoingInput(UUID.randomUUID(), null)))
        .isEqualTo(Outcome.SENT);
    assertThat(attempts).hasValue(5);
    assertThat(givenUp).hasNullValue();
  }

  @Test
  @DisplayName("AU-5: a message that is refused for good is not tried again")
  void isRefused() {
    assertThat(delivery(0, Outcome.REFUSED).deliver(new OutgoingInput(UUID.randomUUID(), null)))
        .isEqualTo(Outcome.REFUSED);
    assertThat(attempts).hasValue(1);
  }

  @Test
  @DisplayName("AU-5: after a day a message is given up: marked as FAILED, and the workflow fails")
  void givesUpAfterADay() {
    OutgoingDelivery delivery = delivery(Integer.MAX_VALUE, Outcome.SENT);
    UUID id = UUID.randomUUID();
    long before = environment.currentTimeMillis();
    WorkflowFailedException failure =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> delivery.deliver(new OutgoingInput(id, null)));
    assertThat(failure.getCause()).hasMessageContaining("was given up");
    assertThat(givenUp).hasValue(id);
    assertThat(Duration.ofMillis(givenUpAt.get() - before))
        .isBetween(Duration.ofHours(23), Duration.ofHours(25));
  }
}

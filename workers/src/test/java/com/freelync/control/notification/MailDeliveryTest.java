package com.freelync.control.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.freelync.control.notification.MailActivities.Outcome;
import com.freelync.control.notification.MailSender.NotSent;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
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

class MailDeliveryTest {
  private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicLong givenUpAt = new AtomicLong();
  private final AtomicReference<UUID> givenUp = new AtomicReference<>();

  @AfterEach
  void close() {
    environment.close();
  }

  private MailDelivery delivery(int failures) {
    Worker worker = environment.newWorker(TaskQueues.NOTIFICATION);
    worker.registerWorkflowImplementationTypes(MailDeliveryImpl.class);
    worker.registerActivitiesImplementations(
        new MailActivities() {
          @Override
          public Outcome send(MailInput input) {
            if (attempts.incrementAndGet() <= failures) {
              throw new NotSent("The mail server answered 451");
            }
            return Outcome.SENT;
          }

          @Override
          public void giveUp(MailInput input) {
            givenUp.set(input.inboxId());
            givenUpAt.set(environment.currentTimeMillis());
          }
        });
    environment.start();
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            MailDelivery.class,
            WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.NOTIFICATION).build());
  }

  @Test
  @DisplayName("SE-1b: a mail that is not taken is tried again until it is")
  void triesAgain() {
    assertThat(delivery(5).deliver(new MailInput(UUID.randomUUID(), null))).isEqualTo(Outcome.SENT);
    assertThat(attempts).hasValue(6);
    assertThat(givenUp).hasNullValue();
  }

  @Test
  @DisplayName("SE-1b: after a day a mail is given up: marked as FAILED, and the workflow fails")
  void givesUpAfterADay() {
    MailDelivery delivery = delivery(Integer.MAX_VALUE);
    UUID id = UUID.randomUUID();
    long before = environment.currentTimeMillis();
    WorkflowFailedException failure =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> delivery.deliver(new MailInput(id, null)));
    assertThat(failure.getCause()).hasMessageContaining("was given up");
    assertThat(givenUp).hasValue(id);
    assertThat(WorkflowStub.fromTyped(delivery).describe().getStatus().name()).endsWith("FAILED");
    Duration tried = Duration.ofMillis(givenUpAt.get() - before);
    assertThat(tried).isBetween(Duration.ofHours(23), Duration.ofHours(25));
    assertThat(attempts.get()).as("every 10 minutes at last").isBetween(100, 200);
  }
}

package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.payout.Gateway.GatewayUnavailable;
import com.freelync.control.temporal.TaskQueues;
import com.freelync.control.temporal.TemporalConnection;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A book that is long, and one that cannot be read for a day, with the day skipped. */
@DisplayName("PO-3: reading the gateway's book")
class SkippedBookTest {
  private final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setDataConverter(TemporalConnection.dataConverter())
                      .build())
              .build());

  private final AtomicInteger pages = new AtomicInteger();
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private volatile int length = 1;

  @BeforeEach
  void start() {
    Worker worker = environment.newWorker(TaskQueues.PAYOUT);
    worker.registerWorkflowImplementationTypes(PayoutReconciliationImpl.class);
    worker.registerActivitiesImplementations(new Book(), new Ends());
    environment.start();
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private final class Book implements BookActivities {
    @Override
    public boolean comparePage(ReconciliationInput input) {
      if (length == 0) {
        throw new GatewayUnavailable("it answered 503");
      }
      return pages.incrementAndGet() >= length;
    }

    @Override
    public int askForMissing(ReconciliationInput input) {
      return 0;
    }
  }

  private final class Ends implements ReconciliationActivities {
    @Override
    public List<ReconciliationInput> owe() {
      return List.of();
    }

    @Override
    public long finish(ReconciliationInput input) {
      ends.add("finished");
      return 3;
    }

    @Override
    public void fail(ReconciliationInput input, String why) {
      ends.add(why);
    }
  }

  private PayoutReconciliation reconciliation() {
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            PayoutReconciliation.class,
            WorkflowOptions.newBuilder().setTaskQueue(TaskQueues.PAYOUT).build());
  }

  @Test
  @DisplayName("PO-3: a book of 450 pages is read in histories that stay short, each page once")
  void readsALongBook() {
    length = 450;
    assertThat(reconciliation().run(new ReconciliationInput(UUID.randomUUID(), null))).isEqualTo(3);
    assertThat(pages).hasValue(450);
    assertThat(ends).containsExactly("finished");
  }

  @Test
  @DisplayName("PO-3: a book that cannot be read for a day ends the run, which says so")
  void givesUpAfterADay() {
    length = 0;
    long begin = environment.currentTimeMillis();
    assertThatThrownBy(() -> reconciliation().run(new ReconciliationInput(UUID.randomUUID(), null)))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(environment.currentTimeMillis() - begin).isGreaterThan(23 * 3_600_000L);
    assertThat(ends).containsExactly("The gateway's book could not be read for a day.");
  }
}

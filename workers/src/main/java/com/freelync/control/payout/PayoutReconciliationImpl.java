package com.freelync.control.payout;

import com.freelync.control.worker.LocalCalls;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** A page for each activity, and a new run before its history grows long. */
public final class PayoutReconciliationImpl implements PayoutReconciliation {
  private static final int PAGES_OF_A_HISTORY = 200;

  @Override
  public long run(ReconciliationInput input) {
    try {
      BookActivities book = book();
      int pages = 1;
      while (!book.comparePage(input)) {
        Workflow.setCurrentDetails("Compared " + pages + " pages");
        if (pages++ == PAGES_OF_A_HISTORY) {
          Workflow.continueAsNew(input);
        }
      }
      Workflow.setCurrentDetails("Asks for what the book does not name");
      book.askForMissing(input);
    } catch (ActivityFailure e) {
      String why =
          e.getCause() instanceof CanceledFailure
              ? "It was cancelled in Temporal."
              : "The gateway's book could not be read for a day.";
      Workflow.newDetachedCancellationScope(() -> records("record the end").fail(input, why)).run();
      throw e;
    }
    long differences = records("sum up and tell").finish(input);
    Workflow.setCurrentDetails(differences + " entries differ");
    return differences;
  }

  private static ReconciliationActivities records(String summary) {
    return LocalCalls.records(ReconciliationActivities.class, summary);
  }

  private static BookActivities book() {
    return Workflow.newActivityStub(
        BookActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofHours(1))
            .setScheduleToCloseTimeout(Duration.ofDays(1))
            .setHeartbeatTimeout(Duration.ofSeconds(20))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setBackoffCoefficient(2)
                    .setMaximumInterval(Duration.ofMinutes(1))
                    .build())
            .setSummary("read the gateway's book")
            .build());
  }
}

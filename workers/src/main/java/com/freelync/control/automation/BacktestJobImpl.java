package com.freelync.control.automation;

import com.freelync.control.worker.LocalCalls;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.UUID;

/** One activity that works for long; where it fails for good, the backtest says so. */
public final class BacktestJobImpl implements BacktestJob {
  @Override
  public void run(UUID backtestId) {
    try {
      activities().carryOut(backtestId);
    } catch (ActivityFailure failure) {
      String problem =
          failure.getCause() instanceof CanceledFailure
              ? "It was ended in Temporal."
              : "It could not be carried out: " + reason(failure);
      Workflow.newDetachedCancellationScope(
              () ->
                  LocalCalls.records(BacktestActivities.class, "record the failure")
                      .fail(backtestId, problem))
          .run();
      throw failure;
    }
  }

  private static String reason(ActivityFailure failure) {
    return failure.getCause() instanceof TemporalFailure cause
        ? String.valueOf(cause.getOriginalMessage())
        : failure.getOriginalMessage();
  }

  private static BacktestActivities activities() {
    return Workflow.newActivityStub(
        BacktestActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofHours(2))
            .setHeartbeatTimeout(Duration.ofSeconds(30))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofSeconds(1))
                    .setMaximumInterval(Duration.ofSeconds(30))
                    .setMaximumAttempts(20)
                    .build())
            .setSummary("Try it on the past")
            .build());
  }
}

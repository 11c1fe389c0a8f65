package com.freelync.control.payout;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** How workflows call the gateway: for as long as it takes to have its definite answer. */
final class GatewayCalls {
  private GatewayCalls() {}

  static GatewayActivities untilAnswered(String summary) {
    return Workflow.newActivityStub(
        GatewayActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(12))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofMillis(500))
                    .setBackoffCoefficient(2)
                    .setMaximumInterval(Duration.ofSeconds(30))
                    .build())
            .setSummary(summary)
            .build());
  }
}

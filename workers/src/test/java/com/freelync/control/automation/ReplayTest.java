package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.analytics.AnalyticsRebuildImpl;
import com.freelync.control.analytics.AnalyticsVerificationImpl;
import com.freelync.control.analytics.MetricsCalculationImpl;
import com.freelync.control.approval.ApprovalWatchImpl;
import com.freelync.control.configuration.ConfigurationChangeImpl;
import com.freelync.control.notification.MailDeliveryImpl;
import com.freelync.control.notification.OutgoingDeliveryImpl;
import com.freelync.control.payout.PayoutCorrectionImpl;
import com.freelync.control.payout.PayoutReconciliationImpl;
import com.freelync.control.payout.PayoutTransferImpl;
import com.freelync.control.payout.ReconciliationDayImpl;
import com.freelync.control.temporal.TemporalConnection;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that began with older code must go on with this one. */
class ReplayTest {
  static List<String> histories() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(ReplayTest.class.getResource("/histories")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest(name = "AU-13: {0} replays")
  @MethodSource("histories")
  void replays(String file) throws Exception {
    WorkflowExecutionHistory history =
        WorkflowExecutionHistory.fromJson(
            new String(
                Objects.requireNonNull(getClass().getResourceAsStream("/histories/" + file))
                    .readAllBytes(),
                StandardCharsets.UTF_8));
    TestEnvironmentOptions options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setDataConverter(TemporalConnection.dataConverter())
                    .build())
            .build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
      Worker worker = environment.newWorker("replay");
      worker.registerWorkflowImplementationTypes(
          AutomationRunImpl.class,
          AutomationLoopImpl.class,
          BacktestJobImpl.class,
          TickImpl.class,
          ApprovalWatchImpl.class,
          PayoutTransferImpl.class,
          PayoutCorrectionImpl.class,
          PayoutReconciliationImpl.class,
          ReconciliationDayImpl.class,
          MailDeliveryImpl.class,
          OutgoingDeliveryImpl.class,
          AnalyticsVerificationImpl.class,
          MetricsCalculationImpl.class,
          AnalyticsRebuildImpl.class,
          ConfigurationChangeImpl.class);
      WorkflowReplayer.replayWorkflowExecution(history, worker);
    }
  }

  @Test
  @DisplayName("AU-13: a history of each construct is kept")
  void keepsAHistoryOfEachConstruct() throws Exception {
    assertThat(histories())
        .contains(
            "analytics-verified.json",
            "analytics-calculated.json",
            "analytics-rebuilt.json",
            "config-scheduled.json",
            "config-guarded.json",
            "config-submitted.json",
            "mail-sent.json",
            "mail-after-errors.json",
            "outgoing-after-errors.json",
            "backtest.json",
            "engine-everything.json",
            "engine-loop.json",
            "engine-loop-retried.json",
            "engine-retried.json",
            "engine-undone.json",
            "engine-undone-in-width.json",
            "engine-cancelled-undone.json",
            "engine-cancelled-at-a-limit.json",
            "engine-killed.json",
            "engine-parallel-approvals.json",
            "at-once-run-action.json",
            "at-once-asks-at-a-limit.json",
            "at-once-run-if-then.json",
            "at-once-run-approved.json",
            "at-once-run-retried.json",
            "at-once-run-cancelled.json",
            "at-once-engine-parallel-approvals.json",
            "run-action.json",
            "run-if-then.json",
            "run-if-else.json",
            "run-refused.json",
            "run-retried.json",
            "run-cancelled.json",
            "run-approved.json",
            "run-rejected-by-people.json",
            "run-timed-out.json",
            "run-cancelled-while-waiting.json",
            "approval-watch.json",
            "tick.json",
            "payout-retried.json",
            "payout-retry-refused.json",
            "payout-reversed.json",
            "reconciliation.json",
            "reconciliation-day.json",
            "transfer-paid.json",
            "transfer-refused.json",
            "transfer-after-errors.json");
  }
}

package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.audit.AuditFilter;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.automation.RunInput;
import com.freelync.control.database.Cursor;
import com.freelync.control.payout.TransferInput;
import com.freelync.control.temporal.ControlAttributes;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowStub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job on real parts. */
class WorkerTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path state;
  private static RealWorker real;

  @BeforeAll
  static void start() {
    real = new RealWorker(state);
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  private static void awaitStatus(UUID payout, String status) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(real.marketplace.status(payout)).isEqualTo(status));
  }

  private static int paid(UUID payout) {
    return real.book(payout).split("\"PAID\"", -1).length - 1;
  }

  @Test
  @DisplayName("AU-1 PO-2: a low-risk payout is paid once, and its run reads well in Temporal")
  void paysOnce() {
    UUID payout = real.request("4200.00");
    awaitStatus(payout, "DISBURSED");
    assertThat(paid(payout)).isEqualTo(1);
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(real.executionOf(payout).status()).isEqualTo("COMPLETED"));
    ExecutionRow row = real.executionOf(payout);
    WorkflowExecutionMetadata described = describe(RunInput.temporalId(row.id(), 1));
    assertThat(described.getStatus().name()).endsWith("COMPLETED");
    assertThat(described.getTypedSearchAttributes().get(ControlAttributes.AUTOMATION_NAME))
        .isEqualTo("Auto-approve low-risk payouts");
    assertThat(describe(TransferInput.temporalId(payout, 1)).getStatus().name())
        .endsWith("COMPLETED");
    assertThat(real.api.executions.get(row.id()).steps())
        .singleElement()
        .satisfies(step -> assertThat(step.attempts()).isEqualTo(1));
  }

  private static WorkflowExecutionMetadata describe(String workflowId) {
    WorkflowStub stub = real.connection.client().newUntypedWorkflowStub(workflowId);
    return stub.describe();
  }

  @Test
  @DisplayName("AU-14: what does not match starts no workflow")
  void startsNothingForASkippedExecution() {
    UUID payout = real.marketplace.payout(real.marketplace.seller(false, "9", false), "10");
    real.accept(payout);
    ExecutionRow row = real.executionOf(payout);
    assertThat(row.status()).isEqualTo("SKIPPED");
    assertThat(real.api.outbox.waiting()).isZero();
  }

  @ParameterizedTest(name = "PO-2 PO-3: {0}, three times in a row, ends {1}")
  @CsvSource({
    "timeout_after_success, DISBURSED",
    "duplicate, DISBURSED",
    "error, DISBURSED",
    "slow, DISBURSED",
    "refuse, FAILED"
  })
  void survivesTheGatewaysFaults(String mode, String status) {
    real.fault(mode, 3);
    List<UUID> payouts = IntStream.range(0, 3).mapToObj(i -> real.request("700.25")).toList();
    payouts.forEach(payout -> awaitStatus(payout, status));
    assertThat(payouts)
        .allSatisfy(
            payout -> assertThat(paid(payout)).isEqualTo(status.equals("DISBURSED") ? 1 : 0));
    assertThat(real.api.payouts.imbalance()).isZero();
  }

  @BeforeEach
  void clearFaults() {
    real.clearFaults();
  }

  @Test
  @DisplayName("AU-14: events are accepted while Temporal is away, and each runs once afterwards")
  void waitsForTemporal() {
    real.stopTemporal();
    List<UUID> payouts = IntStream.range(0, 40).mapToObj(i -> real.request("20.00")).toList();
    assertThat(payouts)
        .allSatisfy(p -> assertThat(real.marketplace.status(p)).isEqualTo("REQUESTED"));
    real.startTemporal();
    payouts.forEach(payout -> awaitStatus(payout, "DISBURSED"));
    assertThat(payouts).allSatisfy(payout -> assertThat(paid(payout)).isEqualTo(1));
    await().atMost(LONG).untilAsserted(() -> assertThat(real.api.outbox.waiting()).isZero());
  }

  @Test
  @Tag("nightly")
  @DisplayName(
      "AU-14: a minute without Temporal under 20 events a second loses and repeats nothing")
  void survivesAMinuteWithoutTemporal() throws Exception {
    List<UUID> payouts = new CopyOnWriteArrayList<>();
    real.stopTemporal();
    try (ScheduledExecutorService clock = Executors.newScheduledThreadPool(4)) {
      var sender =
          clock.scheduleAtFixedRate(
              () -> payouts.add(real.request("20.00")), 0, 50, TimeUnit.MILLISECONDS);
      await().atMost(Duration.ofMinutes(3)).until(() -> payouts.size() >= 1_200);
      sender.cancel(false);
    }
    real.startTemporal();
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () ->
                assertThat(payouts)
                    .allSatisfy(
                        payout ->
                            assertThat(real.marketplace.status(payout)).isEqualTo("DISBURSED")));
    assertThat(payouts).allSatisfy(payout -> assertThat(paid(payout)).isEqualTo(1));
    assertThat(real.api.payouts.imbalance()).isZero();
  }

  @Test
  @DisplayName("OB-1 OB-3: health and metrics, Temporal's own among them, are served")
  void servesHealthAndMetrics() throws Exception {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(get("/health/ready")).contains("\"status\":\"ok\""));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(get("/metrics"))
                    .contains("control_outbox_waiting", "control_audit_unsealed", "temporal_"));
  }

  @Test
  @DisplayName("SE-3: a worker seals what was written to the audit log")
  void sealsTheAuditLog() {
    UUID payout = real.request("4200.00");
    awaitStatus(payout, "DISBURSED");
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(
                        real.api.trail.list(
                            new AuditFilter(
                                null, null, null, payout.toString(), null, null, null, null),
                            Cursor.START,
                            10))
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.position()).isNotNull()));
  }

  @Test
  @DisplayName("OB-3: a worker is ready once its own probe has run through Temporal and back")
  void provesThatItCanWork() {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(get("/health/ready")).contains("\"worker\":\"ok\""));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(
                        real.connection
                            .client()
                            .listExecutions("WorkflowType = 'WorkerProbe'")
                            .map(probe -> probe.getStatus().name()))
                    .containsExactly("WORKFLOW_EXECUTION_STATUS_COMPLETED"));
  }

  private static String get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + real.adminPort() + path))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}

package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.LostRuns;
import com.freelync.control.automation.RunInput;
import com.freelync.control.automation.StepRow;
import com.freelync.control.database.Json;
import com.freelync.control.payout.LostTransfers;
import com.freelync.control.payout.TransferInput;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowStub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What runs and transfers outlive: a database that refuses or is away, and Temporal's operators.
 */
class SurvivalTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Actor ADMIN = new Actor("admin", "request-2");

  @TempDir static Path state;
  private static RealWorker real;
  private static Faults faults;

  @BeforeAll
  static void start() {
    real = new RealWorker(state);
    faults = new Faults(real.database);
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  @BeforeEach
  void clearFaults() {
    real.clearFaults();
    faults.clear();
  }

  private static UUID begin(String name, Map<String, Object> step, Map<String, Object> data) {
    UUID workflow = UUID.randomUUID();
    real.api.automations.create(
        workflow,
        Map.of("name", name, "trigger", "manual", "steps", List.of(step), "status", "ACTIVE"),
        ADMIN);
    return real.api
        .executions
        .execute(UUID.randomUUID(), workflow, data, "a test", ADMIN)
        .row()
        .id();
  }

  private static UUID payout() {
    return real.marketplace.payout(real.marketplace.goodSeller(), "10");
  }

  private static Map<String, Object> about(UUID payout) {
    return Map.of("payout_id", payout.toString());
  }

  private static Map<String, Object> reject() {
    return Map.of("action", "reject_payout", "with", Map.of("reason", "a test"));
  }

  private static Map<String, Object> rejectPatiently() {
    return Map.of(
        "action",
        "reject_payout",
        "with",
        Map.of("reason", "a test"),
        "retry",
        Map.of("max_retries", 5, "initial", "PT30S"));
  }

  private static Execution awaitEnd(UUID execution) {
    await().atMost(LONG).until(() -> real.api.executions.get(execution).row().finishedAt() != null);
    return real.api.executions.get(execution);
  }

  private static void awaitStatus(UUID payout, String status) {
    await().atMost(LONG).until(() -> real.marketplace.status(payout).equals(status));
  }

  private static WorkflowStub workflow(String id) {
    return real.connection.client().newUntypedWorkflowStub(id);
  }

  private static boolean isOpen(String workflowId) {
    return workflow(workflowId).describe().getStatus().name().endsWith("RUNNING");
  }

  private static long events(UUID execution, EventType type) {
    return real
        .connection
        .client()
        .fetchHistory(RunInput.temporalId(execution, 1))
        .getHistory()
        .getEventsList()
        .stream()
        .filter(event -> event.getEventType() == type)
        .count();
  }

  @Test
  @DisplayName("PO-2 AU-14: beginning, sending, settling and ending are each tried until written")
  void writesUntilItIsWritten() {
    faults.everyOther();
    UUID paid = real.request("10");
    awaitStatus(paid, "DISBURSED");
    assertThat(awaitEnd(real.executionOf(paid).id()).row().status()).isEqualTo("COMPLETED");
    real.fault("refuse", 1);
    UUID refused = real.request("10");
    awaitStatus(refused, "FAILED");
    assertThat(real.api.payouts.imbalance()).isZero();
  }

  @Test
  @DisplayName("AU-11 AU-14: a run waits for its own database, which is no failure of the action")
  void waitsForTheDatabase() {
    UUID payout = payout();
    UUID[] execution = new UUID[1];
    real.database
        .as("marketplace_owner")
        .transaction(
            transaction -> {
              transaction
                  .handle()
                  .execute("SELECT 1 FROM marketplace.payouts WHERE id = ? FOR UPDATE", payout);
              execution[0] = begin("database away", reject(), about(payout));
              await()
                  .atMost(LONG)
                  .until(() -> !real.api.executions.get(execution[0]).steps().isEmpty());
              faults.away();
              return payout;
            });
    try {
      await().atMost(LONG).until(() -> events(execution[0], EventType.EVENT_TYPE_TIMER_FIRED) >= 3);
    } finally {
      faults.back();
    }
    assertThat(awaitEnd(execution[0]).row().status()).isEqualTo("COMPLETED");
    assertThat(real.marketplace.status(payout)).isEqualTo("REJECTED");
  }

  /** Begins a run, lets its only step wait for a retry, and terminates it in Temporal. */
  private static UUID terminated(UUID payout) {
    UUID[] execution = new UUID[1];
    real.database
        .as("marketplace_owner")
        .transaction(
            transaction -> {
              transaction
                  .handle()
                  .execute("SELECT 1 FROM marketplace.payouts WHERE id = ? FOR UPDATE", payout);
              execution[0] = begin("terminated", rejectPatiently(), about(payout));
              await()
                  .atMost(LONG)
                  .until(() -> events(execution[0], EventType.EVENT_TYPE_TIMER_STARTED) == 1);
              workflow(RunInput.temporalId(execution[0], 1)).terminate("by hand");
              return payout;
            });
    return execution[0];
  }

  @Test
  @DisplayName("AU-13: cancelling an execution whose run was terminated in Temporal ends it")
  void cancelsWhatWasTerminated() {
    UUID payout = payout();
    UUID execution = terminated(payout);
    assertThat(real.api.executions.get(execution).row().status()).isEqualTo("RUNNING");
    real.api.executions.cancel(execution, "no longer wanted", false, ADMIN);
    Execution ended = awaitEnd(execution);
    assertThat(ended.row().status()).isEqualTo("CANCELLED");
    assertThat(ended.row().reason()).isEqualTo("no longer wanted");
    assertThat(real.marketplace.status(payout)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName("AU-14: an execution whose run was terminated in Temporal is found and ends FAILED")
  void findsWhatWasTerminated() {
    UUID execution = terminated(payout());
    LostRuns lost =
        new LostRuns(real.control.openRuns, real.connection.client(), Duration.ofMillis(-1));
    lost.run();
    lost.run();
    Execution ended = real.api.executions.get(execution);
    assertThat(ended.row().status()).isEqualTo("FAILED");
    assertThat(Json.readObject(ended.row().errorJson())).containsEntry("type", "run_lost");
  }

  @Test
  @DisplayName("AU-14: an execution that Temporal has never heard of is started again")
  void startsAgainWhatTemporalLost() {
    UUID payout = payout();
    UUID workflow = UUID.randomUUID();
    real.api.automations.create(
        workflow,
        Map.of("name", "lost", "trigger", "manual", "steps", List.of(reject()), "status", "ACTIVE"),
        ADMIN);
    UUID execution = UUID.randomUUID();
    // As if Temporal were restored from a backup: the message was delivered, and nobody knows it.
    real.database
        .as("control_owner")
        .transaction(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        """
                        INSERT INTO control.workflow_execution
                               (id, workflow_id, workflow_version, status, trigger_type,
                                triggered_by, trigger_data, facts, conditions, created_at)
                        VALUES (?, ?, 1, 'PENDING', 'MANUAL', 'admin', CAST(? AS jsonb), '{}', '[]',
                                now())
                        """,
                        execution,
                        workflow,
                        Json.write(about(payout))));
    new LostRuns(real.control.openRuns, real.connection.client(), Duration.ofMillis(-1)).run();
    assertThat(awaitEnd(execution).row().status()).isEqualTo("COMPLETED");
    assertThat(real.marketplace.status(payout)).isEqualTo("REJECTED");
  }

  @Test
  @DisplayName("PO-2 PO-3: a transfer whose workflow is terminated is taken up, and pays once")
  void takesUpATerminatedTransfer() {
    real.fault("timeout_after_success", 1);
    UUID payout = real.request("10");
    String id = TransferInput.temporalId(payout, 1);
    await().atMost(LONG).until(() -> real.book(payout).contains("PAID"));
    workflow(id).terminate("by hand");
    assertThat(real.marketplace.status(payout)).isEqualTo("DISBURSING");
    LostTransfers lost =
        new LostTransfers(real.control.transfers, real.connection.client(), Duration.ofMillis(-1));
    lost.run();
    lost.run();
    awaitStatus(payout, "DISBURSED");
    assertThat(real.book(payout).split("\"PAID\"", -1)).hasSize(2);
    await().atMost(LONG).until(() -> !isOpen(id));
    lost.run();
    assertThat(isOpen(id)).as("a settled transfer is not taken up").isFalse();
  }

  @Test
  @DisplayName(
      "AU-13: cancelling in Temporal what has taken its last step does not rewrite its end")
  void keepsItsEndWhileCancelled() {
    UUID payout = payout();
    faults.status("COMPLETED");
    UUID execution = begin("cancelled at the end", Map.of("try", List.of(reject())), about(payout));
    awaitStatus(payout, "REJECTED");
    await().atMost(LONG).until(() -> events(execution, EventType.EVENT_TYPE_TIMER_STARTED) > 0);
    workflow(RunInput.temporalId(execution, 1)).cancel();
    await()
        .atMost(LONG)
        .until(
            () -> events(execution, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED) > 0);
    faults.clear();
    assertThat(awaitEnd(execution).row().status()).isEqualTo("COMPLETED");
  }

  @Test
  @DisplayName("SE-6: Temporal hears of the trigger's data only what the definition's steps name")
  void keepsPersonalDataOutOfHistories() throws Exception {
    UUID payout = payout();
    Map<String, Object> step =
        Map.of(
            "action",
            "reject_payout",
            "with",
            Map.of("reason", "${trigger.ticket.number} says no"));
    Map<String, Object> data =
        Map.of(
            "payout_id",
            payout.toString(),
            "phone",
            "+251911000111",
            "ticket",
            Map.of("number", "T-17", "holder", "Abebech Gobena"));
    UUID execution = begin("discreet", step, data);
    assertThat(awaitEnd(execution).row().status()).isEqualTo("COMPLETED");
    assertThat(real.api.executions.get(execution).steps())
        .extracting(StepRow::inputJson)
        .singleElement()
        .asString()
        .contains("T-17 says no");
    String history =
        decoded(
            JsonFormat.printer()
                .print(
                    real.connection
                        .client()
                        .fetchHistory(RunInput.temporalId(execution, 1))
                        .getHistory()));
    assertThat(history).contains("T-17").doesNotContain("+251911000111", "Abebech");
  }

  /** The history with each payload readable. */
  private static String decoded(String history) {
    StringBuilder text = new StringBuilder(history);
    Matcher data = Pattern.compile("\"data\": \"([^\"]+)\"").matcher(history);
    while (data.find()) {
      text.append(new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  @Test
  @DisplayName("AU-1: the longest name and reason still start a run")
  void startsWithTheLongestName() {
    UUID payout = payout();
    UUID execution = begin("\u1200".repeat(120), reject(), about(payout));
    assertThat(awaitEnd(execution).row().status()).isEqualTo("COMPLETED");
  }
}

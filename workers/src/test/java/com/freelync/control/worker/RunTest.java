package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.RunInput;
import com.freelync.control.automation.StepRow;
import com.freelync.control.database.Json;
import com.freelync.control.payout.TransferInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of runs, construct by construct. With {@code HISTORIES=FOLDER} in the environment
 * each test leaves its workflow's history there: a new construct adds its history to those that are
 * replayed.
 */
class RunTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Actor ADMIN = new Actor("admin", "request-2");

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

  @BeforeEach
  void clearFaults() {
    real.clearFaults();
  }

  /** Runs a definition by hand on a payout and returns the execution once it is over. */
  private static Execution run(String name, List<Object> steps, UUID payout) {
    UUID execution = begin(name, steps, payout);
    await().atMost(LONG).until(() -> real.api.executions.get(execution).row().finishedAt() != null);
    return real.api.executions.get(execution);
  }

  private static UUID begin(String name, List<Object> steps, UUID payout) {
    UUID workflow = UUID.randomUUID();
    real.api.automations.create(
        workflow,
        Map.of("name", name, "trigger", "manual", "steps", steps, "status", "ACTIVE"),
        ADMIN);
    return real.api
        .executions
        .execute(
            UUID.randomUUID(), workflow, Map.of("payout_id", payout.toString()), "a test", ADMIN)
        .row()
        .id();
  }

  private static void keep(String name, String workflowId) {
    Histories.keep(real, name, workflowId);
  }

  private static Map<String, Object> reject(String reason) {
    return Map.of("action", "reject_payout", "with", Map.of("reason", reason));
  }

  private static Map<String, Object> branch(String operator) {
    return Map.of(
        "if",
            Map.of(
                "field",
                "trigger.payout_id",
                "operator",
                "exists",
                "value",
                operator.equals("then")),
        "then", List.of(reject("then")),
        "else", List.of(reject("else")));
  }

  @Test
  @DisplayName("AU-4 AU-6: the branch that holds is taken, the other is recorded as skipped")
  void takesABranch() {
    UUID first = real.marketplace.payout(real.marketplace.goodSeller(), "10");
    Execution then = run("branch", List.of(branch("then")), first);
    assertThat(then.steps())
        .extracting(StepRow::path, StepRow::status)
        .containsExactly(
            tuple("/steps/0", "COMPLETED"),
            tuple("/steps/0/else/0", "SKIPPED"),
            tuple("/steps/0/then/0", "COMPLETED"));
    assertThat(then.affected())
        .singleElement()
        .satisfies(e -> assertThat(e.id()).isEqualTo(first.toString()));
    keep("run-if-then", RunInput.temporalId(then.row().id(), 1));
    UUID second = real.marketplace.payout(real.marketplace.goodSeller(), "10");
    Execution otherwise = run("branch", List.of(branch("else")), second);
    assertThat(otherwise.steps().getLast().path()).isEqualTo("/steps/0/else/0");
    keep("run-if-else", RunInput.temporalId(otherwise.row().id(), 1));
  }

  @Test
  @DisplayName("AU-6 AU-11: a business refusal fails the run at once, with its reason")
  void failsOnARefusal() {
    UUID missing = UUID.randomUUID();
    Execution failed = run("refused", List.of(reject("x"), reject("y")), missing);
    assertThat(failed.row().status()).isEqualTo("FAILED");
    assertThat(failed.row().reason()).contains("The source has no payout");
    assertThat(failed.steps())
        .singleElement()
        .satisfies(s -> assertThat(s.attempts()).isEqualTo(1));
    keep("run-refused", RunInput.temporalId(failed.row().id(), 1));
  }

  @Test
  @DisplayName("AU-11: a transient failure is tried again, and the attempts are recorded")
  void triesAgain() {
    UUID payout = real.marketplace.payout(real.marketplace.goodSeller(), "10");
    UUID[] execution = new UUID[1];
    real.database
        .as("marketplace_owner")
        .transaction(
            transaction -> {
              transaction
                  .handle()
                  .execute("SELECT 1 FROM marketplace.payouts WHERE id = ? FOR UPDATE", payout);
              execution[0] = begin("retried", List.of(reject("x")), payout);
              await()
                  .atMost(LONG)
                  .until(
                      () -> {
                        List<StepRow> steps = real.api.executions.get(execution[0]).steps();
                        return !steps.isEmpty() && steps.get(0).errorJson() != null;
                      });
              return payout;
            });
    await()
        .atMost(LONG)
        .until(() -> real.api.executions.get(execution[0]).row().finishedAt() != null);
    Execution done = real.api.executions.get(execution[0]);
    assertThat(done.row().status()).isEqualTo("COMPLETED");
    assertThat(done.steps().get(0).attempts()).isGreaterThan(1);
    keep("run-retried", RunInput.temporalId(execution[0], 1));
  }

  @Test
  @DisplayName(
      "AU-11 AU-6: when the attempts are used up the run fails, with the error and its trace")
  void failsWhenTheAttemptsAreUsedUp() {
    UUID payout = real.marketplace.payout(real.marketplace.goodSeller(), "10");
    Execution[] failed = new Execution[1];
    real.database
        .as("marketplace_owner")
        .transaction(
            transaction -> {
              transaction
                  .handle()
                  .execute("SELECT 1 FROM marketplace.payouts WHERE id = ? FOR UPDATE", payout);
              Map<String, Object> once =
                  Map.of("action", "reject_payout", "retry", Map.of("max_retries", 0));
              failed[0] = run("used up", List.of(once), payout);
              return payout;
            });
    assertThat(failed[0].row().status()).isEqualTo("FAILED");
    assertThat(Json.readObject(failed[0].row().errorJson()))
        .containsKeys("type", "stack_trace")
        .hasEntrySatisfying(
            "message",
            message ->
                assertThat(message.toString())
                    .isEqualTo("PostgreSQL 55P03: canceling statement due to lock timeout"));
    assertThat(failed[0].row().errorJson())
        .as("SE-6: no value of a statement")
        .doesNotContain(payout.toString());
    assertThat(real.marketplace.status(payout)).isEqualTo("REQUESTED");
    keep("run-used-up", RunInput.temporalId(failed[0].row().id(), 1));
  }

  @Test
  @DisplayName("AU-13: a run that is cancelled while it waits for a retry ends as CANCELLED")
  void cancels() {
    UUID payout = real.marketplace.payout(real.marketplace.goodSeller(), "10");
    UUID[] execution = new UUID[1];
    real.database
        .as("marketplace_owner")
        .transaction(
            transaction -> {
              transaction
                  .handle()
                  .execute("SELECT 1 FROM marketplace.payouts WHERE id = ? FOR UPDATE", payout);
              Map<String, Object> patient =
                  Map.of(
                      "action",
                      "reject_payout",
                      "retry",
                      Map.of("max_retries", 5, "initial", "PT10S"));
              execution[0] = begin("cancelled", List.of(patient), payout);
              await()
                  .atMost(LONG)
                  .until(
                      () -> {
                        List<StepRow> steps = real.api.executions.get(execution[0]).steps();
                        return !steps.isEmpty() && steps.get(0).errorJson() != null;
                      });
              real.api.executions.cancel(execution[0], "no longer wanted", false, ADMIN);
              return payout;
            });
    await()
        .atMost(LONG)
        .until(() -> real.api.executions.get(execution[0]).row().finishedAt() != null);
    assertThat(real.api.executions.get(execution[0]).row().status()).isEqualTo("CANCELLED");
    assertThat(real.marketplace.status(payout)).isEqualTo("REQUESTED");
    keep("run-cancelled", RunInput.temporalId(execution[0], 1));
  }

  @Test
  @DisplayName("PO-1 PO-2: transfers that are paid, refused, and paid after errors")
  void transfers() {
    UUID paid = real.request("10");
    awaitStatus(paid, "DISBURSED");
    keep("run-action", RunInput.temporalId(real.executionOf(paid).id(), 1));
    keep("transfer-paid", TransferInput.temporalId(paid, 1));
    real.fault("refuse", 1);
    UUID refused = real.request("10");
    awaitStatus(refused, "FAILED");
    keep("transfer-refused", TransferInput.temporalId(refused, 1));
    real.fault("error", 2);
    UUID late = real.request("10");
    awaitStatus(late, "DISBURSED");
    keep("transfer-after-errors", TransferInput.temporalId(late, 1));
  }

  private static void awaitStatus(UUID payout, String status) {
    await().atMost(LONG).until(() -> real.marketplace.status(payout).equals(status));
  }
}

package com.freelync.control.worker;

import static com.freelync.control.worker.Operations.statuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.freelync.control.approval.Approval;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.RunInput;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.problem.RequestRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every construct of the language, on real PostgreSQL and a real Temporal server. */
class EngineRunTest {
  @TempDir static Path state;
  private static RealWorker real;
  private static Operations people;

  @BeforeAll
  static void start() {
    real = new RealWorker(state);
    TestPeople.install(real.database);
    people = new Operations(real);
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  private static void keep(String name, UUID execution) {
    Histories.keep(real, name, RunInput.temporalId(execution, 1));
  }

  private static UUID payout() {
    return real.marketplace.payout(real.marketplace.goodSeller(), "10");
  }

  @Test
  @DisplayName("AU-4 AU-5 AU-6: a definition with every construct at once runs to its end")
  void everything() {
    UUID execution =
        people.start(
            Operations.everything(),
            Map.of(
                "people",
                List.of("ceo", "cfo", "cto", "operator", "analyst"),
                "payout_id",
                UUID.randomUUID().toString()));
    people.awaitStatus(execution, "AWAITING_APPROVAL");
    people.decide(execution, true);
    Execution done = people.awaitEnd(execution);
    assertThat(done.row().status()).as("%s", done).isEqualTo("COMPLETED");
    assertThat(done.row().reason()).isEqualTo("All was done");
    assertThat(statuses(done, "/steps/2/then/0/for_each/do/0"))
        .hasSize(5)
        .containsOnly("COMPLETED");
    assertThat(people.told("analyst")).containsExactly("Hello");
    assertThat(people.told("admin"))
        .containsExactly("Begun", "Taken back", "It failed", "In the end");
    keep("engine-everything", execution);
    Histories.keep(real, "engine-loop", RunInput.temporalId(execution, 1) + "/steps/2/then/0");
  }

  @Test
  @DisplayName("AU-4: branches run at the same time, each of several approvals is answered alone")
  void asksInParallel() {
    UUID execution =
        people.start(
            """
            name: Two questions
            trigger: manual
            steps:
              - parallel:
                  - [{approval: {name: first, slots: [[CFO]], on_reject: continue}}]
                  - [{approval: {name: second, slots: [[CFO]], on_reject: continue}}]
              - {action: send_notification, with: {to: devops, subject: "${steps.first.outcome} ${steps.second.outcome}"}}
            """,
            Map.of());
    await().until(() -> people.get(execution).approvals().size() == 2);
    assertThatThrownBy(() -> people.decide(execution, true))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            invalid -> assertThat(invalid.errors().getFirst().field()).isEqualTo("/content_hash"));
    for (Approval approval : people.get(execution).approvals()) {
      people.decide(execution, approval.name().equals("first"), approval.contentHash());
    }
    assertThat(people.awaitEnd(execution).row().status()).isEqualTo("COMPLETED");
    assertThat(people.told("devops").getLast()).isEqualTo("APPROVED REJECTED");
    keep("engine-parallel-approvals", execution);
  }

  @Test
  @DisplayName("AU-11: a retry takes up the step that failed, and keeps what succeeded")
  void retriesFromTheFailedStep() {
    String payout = UUID.randomUUID().toString();
    UUID execution =
        people.start(
            """
            name: Fails at first
            trigger: manual
            steps:
              - {action: send_notification, with: {to: executive, subject: Once}}
              - for_each:
                  items: [a, b]
                  do:
                    - {action: send_notification, with: {to: executive, subject: "${item}"}}
                    - {action: reject_payout, with: {payout_id: "${trigger.payout_id}", reason: a test}}
              - {action: send_notification, with: {to: executive, subject: Afterwards}}
            """,
            Map.of("payout_id", payout));
    Execution failed = people.awaitEnd(execution);
    assertThat(failed.row().status()).isEqualTo("FAILED");
    assertThat(people.told("executive")).containsExactlyInAnyOrder("Once", "a", "b");
    real.marketplace.payout(UUID.fromString(payout), real.marketplace.goodSeller(), "10");
    real.api.executions.retry(execution, "it is there now", Operations.ADMIN);
    people.awaitStatus(execution, "COMPLETED");
    assertThat(people.told("executive")).containsExactlyInAnyOrder("Once", "a", "b", "Afterwards");
    assertThat(real.marketplace.status(UUID.fromString(payout))).isEqualTo("REJECTED");
    Histories.keep(real, "engine-retried", RunInput.temporalId(execution, 2));
    Histories.keep(real, "engine-loop-retried", RunInput.temporalId(execution, 2) + "/steps/1");
  }

  @Test
  @DisplayName("AU-4: what was done is undone in reverse order, and a retry does all of it again")
  void undoesInReverseOrder() {
    UUID execution =
        people.start(
            """
            name: Undone
            trigger: manual
            steps:
              - try:
                  - action: send_notification
                    with: {to: founder, subject: one}
                    compensate: [{action: send_notification, with: {to: founder, subject: not one}}]
                  - action: send_notification
                    with: {to: founder, subject: two}
                    compensate: [{action: send_notification, with: {to: founder, subject: not two}}]
                  - {action: reject_payout, with: {payout_id: "${trigger.payout_id}", reason: a test}}
                on_error: compensate
            """,
            Map.of("payout_id", UUID.randomUUID().toString()));
    Execution failed = people.awaitEnd(execution);
    assertThat(failed.row().status()).isEqualTo("FAILED");
    assertThat(people.told("founder")).containsExactly("one", "two", "not two", "not one");
    keep("engine-undone", execution);
    real.api.executions.retry(execution, "again", Operations.ADMIN);
    await().until(() -> people.told("founder").size() == 8);
    assertThat(people.awaitEnd(execution).row().status()).isEqualTo("FAILED");
    assertThat(people.told("founder").subList(4, 8))
        .containsExactly("one", "two", "not two", "not one");
  }

  @Test
  @DisplayName("AU-4: what was done in branches and loops is undone too")
  void undoesBranchesAndLoops() {
    UUID execution =
        people.start(
            """
            name: Undone in width
            trigger: manual
            steps:
              - try:
                  - parallel:
                      - - action: send_notification
                          with: {to: operator, subject: left}
                          compensate: [{action: send_notification, with: {to: operator, subject: not left}}]
                      - - action: send_notification
                          with: {to: operator, subject: right}
                          compensate: [{action: send_notification, with: {to: operator, subject: not right}}]
                  - for_each:
                      items: [x, y]
                      do:
                        - action: send_notification
                          with: {to: operator, subject: "${item}"}
                          compensate: [{action: send_notification, with: {to: operator, subject: "not ${item}"}}]
                  - {action: reject_payout, with: {payout_id: "${trigger.payout_id}", reason: a test}}
                on_error: compensate
            """,
            Map.of("payout_id", UUID.randomUUID().toString()));
    assertThat(people.awaitEnd(execution).row().status()).isEqualTo("FAILED");
    assertThat(people.told("operator"))
        .contains("left", "right", "x", "y", "not left", "not right", "not x", "not y");
    keep("engine-undone-in-width", execution);
  }

  @Test
  @DisplayName("AU-4: finally is taken where a loop within the try ended the run")
  void tidiesUpAfterAStop() {
    UUID execution =
        people.start(
            """
            name: Stops within
            trigger: manual
            steps:
              - try:
                  - for_each: {items: [a, b, c], batch: 1, do: [{stop: {outcome: completed, reason: enough}}]}
                finally:
                  - {action: send_notification, with: {to: operator, subject: tidied up}}
            """,
            Map.of());
    Execution done = people.awaitEnd(execution);
    assertThat(done.row().status()).isEqualTo("COMPLETED");
    assertThat(done.row().reason()).isEqualTo("enough");
    assertThat(people.told("operator")).contains("tidied up");
  }

  @Test
  @DisplayName("AU-4: who handles the failure of a loop is told the very step and item that failed")
  void namesTheStepOfALoop() {
    UUID execution =
        people.start(
            """
            name: Handles a loop
            trigger: manual
            steps:
              - try:
                  - for_each:
                      items: [a, b]
                      batch: 1
                      do:
                        - {action: reject_payout, with: {payout_id: "${trigger.payout_id}", reason: a test}}
                catch:
                  - {action: send_notification, with: {to: cto, subject: "At ${error.step}"}}
            """,
            Map.of("payout_id", UUID.randomUUID().toString()));
    assertThat(people.awaitEnd(execution).row().status()).isEqualTo("COMPLETED");
    assertThat(people.told("cto")).contains("At /steps/0/try/0/for_each/do/0 [0]");
  }
}

package com.freelync.control.worker;

import static com.freelync.control.worker.Operations.statuses;
import static com.freelync.control.worker.Operations.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.freelync.control.approval.Approval;
import com.freelync.control.automation.BacktestJob;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.RunInput;
import com.freelync.control.automation.StepRow;
import com.freelync.control.automation.backtest.Backtests;
import com.freelync.control.automation.backtest.Report;
import com.freelync.control.database.Json;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.problem.RequestRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
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
  @DisplayName("AU-13: a run that is cancelled takes no further step, and undoes those it took")
  void stopsWhereItIsCancelled() {
    UUID execution =
        people.start(
            """
            name: Cancelled in the middle
            trigger: manual
            steps:
              - for_each:
                  items: "${trigger.numbers}"
                  batch: 1
                  do:
                    - action: send_notification
                      with: {to: analyst, subject: "number ${item}"}
                      compensate: [{action: send_notification, with: {to: analyst, subject: "not ${item}"}}]
            """,
            Map.of("numbers", IntStream.range(0, 400).boxed().toList()));
    await().until(() -> people.told("analyst").contains("number 3"));
    real.api.executions.cancel(execution, "a test", true, Operations.ADMIN);
    assertThat(people.awaitEnd(execution).row().status()).isEqualTo("CANCELLED");
    List<String> told = people.told("analyst");
    List<String> numbers = told.stream().filter(text -> text.startsWith("number ")).toList();
    assertThat(numbers).hasSizeLessThan(400);
    assertThat(told)
        .containsAll(numbers.stream().map(text -> text.replace("number", "not")).toList());
  }

  @Test
  @DisplayName("AU-13: a run that is cancelled undoes what it did, or leaves it, as it is asked")
  void cancelsCompensating() {
    String yaml =
        """
        name: Cancelled
        trigger: manual
        steps:
          - action: send_notification
            with: {to: "${trigger.who}", subject: done}
            compensate: [{action: send_notification, with: {to: "${trigger.who}", subject: undone}}]
          - {wait: PT1H}
        """;
    UUID undone = people.start(yaml, Map.of("who", "ceo"));
    UUID left = people.start(yaml, Map.of("who", "cto"));
    for (UUID execution : List.of(undone, left)) {
      await().until(() -> !steps(people.get(execution), "/steps/1").isEmpty());
      real.api.executions.cancel(execution, "a test", execution.equals(undone), Operations.ADMIN);
      assertThat(people.awaitEnd(execution).row().status()).isEqualTo("CANCELLED");
    }
    assertThat(people.told("ceo")).endsWith("done", "undone");
    assertThat(people.told("cto")).endsWith("done");
    keep("engine-cancelled-undone", undone);
  }

  @Test
  @DisplayName(
      "AU-9: a step that finds the limit full waits, visibly, and goes on when it is raised")
  void waitsForALimit() {
    String yaml =
        """
        name: Limited
        trigger: manual
        limits: {send_notification: {max_per_hour: 1}}
        steps:
          - {action: send_notification, with: {to: analyst, subject: first of the hour}}
          - {action: send_notification, with: {to: analyst, subject: second of the hour}}
        """;
    UUID execution = people.start(yaml, Map.of());
    await().until(() -> statuses(people.get(execution), "/steps/1").equals(List.of("WAITING")));
    StepRow waiting = steps(people.get(execution), "/steps/1").getFirst();
    assertThat(Json.readObject(waiting.errorJson())).containsEntry("waits_for", "LIMIT");
    real.api.executions.cancel(execution, "a test", false, Operations.ADMIN);
    assertThat(people.awaitEnd(execution).row().status()).isEqualTo("CANCELLED");
    assertThat(people.told("analyst")).contains("first of the hour");
    assertThat(people.told("analyst")).doesNotContain("second of the hour");
    keep("engine-cancelled-at-a-limit", execution);
  }

  @Test
  @DisplayName(
      "AU-10: while the kill switch is on nothing acts; afterwards runs go on where they stood")
  void stopsWhenKilled() {
    UUID automation =
        people.automation(
            """
            name: Killed
            trigger: manual
            steps: [{action: send_notification, with: {to: marketplace_team, subject: after all}}]
            """
                .replace("marketplace_team", "devops"));
    real.api.safeguards.kill(automation, true, "a test", Operations.ADMIN);
    UUID execution = people.start(automation, Map.of());
    await().until(() -> statuses(people.get(execution), "/steps/0").equals(List.of("WAITING")));
    assertThat(people.told("devops")).doesNotContain("after all");
    real.api.safeguards.kill(automation, false, "mended", Operations.ADMIN);
    assertThat(people.awaitEnd(execution, Duration.ofSeconds(20)).row().status())
        .isEqualTo("COMPLETED");
    assertThat(people.told("devops")).contains("after all");
    keep("engine-killed", execution);
  }

  @Test
  @DisplayName("AU-8: a backtest is carried out by a worker, and one that is cancelled ends")
  void backtests() {
    real.marketplace.payout(real.marketplace.goodSeller(), "10");
    Map<String, Object> rule =
        Map.of(
            "name", "tried",
            "trigger", "event: payout.requested",
            "actions", List.of("approve_payout"));
    UUID id =
        real.api
            .backtests
            .start(
                UUID.randomUUID(),
                new Backtests.Subject(null, null, rule, null, null),
                Instant.now().minus(Duration.ofDays(1)),
                Instant.now(),
                Operations.ADMIN)
            .id();
    await().until(() -> real.api.backtests.get(id).status().equals("COMPLETED"));
    assertThat(Report.of(real.api.backtests.get(id)).first().matched()).isPositive();
    Histories.keep(real, "backtest", BacktestJob.temporalId(id));
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
}

package com.freelync.control.worker;

import static com.freelync.control.worker.Operations.statuses;
import static com.freelync.control.worker.Operations.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.automation.Execution;
import com.freelync.control.automation.RunInput;
import com.freelync.control.automation.StepRow;
import com.freelync.control.database.Json;
import com.freelync.control.identity.TestPeople;
import java.nio.file.Path;
import java.time.Duration;
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
    people.decide(execution, true);
    people.decide(execution, false);
    assertThat(people.awaitEnd(execution).row().status()).isEqualTo("COMPLETED");
    assertThat(people.told("devops").getLast().split(" "))
        .containsExactlyInAnyOrder("APPROVED", "REJECTED");
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
  @DisplayName("AU-4: what branches and loops of a block did is undone as well, each once")
  void undoesBranchesAndLoops() {
    UUID execution =
        people.start(
            """
            name: Undone everywhere
            trigger: manual
            steps:
              - try:
                  - for_each:
                      items: [a, b]
                      batch: 1
                      do:
                        - action: send_notification
                          with: {to: ceo, subject: "${item}"}
                          compensate: [{action: send_notification, with: {to: ceo, subject: "not ${item}"}}]
                  - parallel:
                      - - action: send_notification
                          with: {to: ceo, subject: left}
                          compensate: [{action: send_notification, with: {to: ceo, subject: not left}}]
                      - - {wait: PT0.2S}
                        - {action: reject_payout, with: {payout_id: "${trigger.payout_id}", reason: a test}}
                on_error: compensate
            """,
            Map.of("payout_id", UUID.randomUUID().toString()));
    assertThat(people.awaitEnd(execution).row().status()).isEqualTo("FAILED");
    List<String> told = people.told("ceo");
    assertThat(told).endsWith("not left", "not b", "not a").containsOnlyOnce("not left", "not a");
  }

  @Test
  @DisplayName("AU-4: what comes in any case comes also where a step of a loop ended the run")
  void comesToItsEndAfterAStopInALoop() {
    UUID execution =
        people.start(
            """
            name: Stopped in a loop
            trigger: manual
            steps:
              - try: [{for_each: {items: [a, b, c], batch: 1, do: [{stop: enough}]}}]
                finally: [{action: send_notification, with: {to: cto, subject: in any case}}]
              - {action: send_notification, with: {to: cto, subject: never}}
            """,
            Map.of());
    Execution done = people.awaitEnd(execution);
    assertThat(done.row().status()).as("%s", done).isEqualTo("COMPLETED");
    assertThat(done.row().reason()).isEqualTo("enough");
    assertThat(people.told("cto")).contains("in any case").doesNotContain("never");
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
}

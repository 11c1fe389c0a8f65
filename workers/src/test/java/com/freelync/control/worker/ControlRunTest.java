package com.freelync.control.worker;

import static com.freelync.control.worker.Operations.statuses;
import static com.freelync.control.worker.Operations.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.approval.Approval;
import com.freelync.control.automation.BacktestJob;
import com.freelync.control.automation.RunInput;
import com.freelync.control.automation.StepRow;
import com.freelync.control.automation.backtest.Backtests;
import com.freelync.control.automation.backtest.Report;
import com.freelync.control.database.Json;
import com.freelync.control.identity.TestPeople;
import io.temporal.api.enums.v1.EventType;
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

/** What people and safeguards do to runs, on real PostgreSQL and a real Temporal server. */
class ControlRunTest {
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
  @DisplayName(
      "AU-4: of a loop that waits for people, a word wakes the item that it is about alone")
  void wakesOne() {
    int items = 12;
    UUID execution =
        people.start(
            """
            name: Asks for each
            trigger: manual
            steps:
              - for_each:
                  items: "${trigger.names}"
                  batch: 12
                  do: [{approval: {name: each, slots: [[CFO]], timeout: P2D}}]
            """,
            Map.of("names", IntStream.range(0, items).boxed().toList()));
    await().until(() -> people.get(execution).approvals().size() == items);
    for (Approval approval : people.get(execution).approvals()) {
      people.decide(execution, true, approval.contentHash());
    }
    assertThat(people.awaitEnd(execution).row().status()).isEqualTo("COMPLETED");
    String loop = RunInput.temporalId(execution, 1) + "/steps/0";
    // Each item asks, and looks once: no more, however often it rings for others.
    assertThat(real.connection.client().fetchHistory(loop).getEvents())
        .filteredOn(event -> event.getEventType() == EventType.EVENT_TYPE_MARKER_RECORDED)
        .hasSizeLessThan(3 * items);
  }

  @Test
  @DisplayName("AU-9: where the definition asks at a full limit, people's word wakes the very step")
  void asksAtALimit() {
    String yaml =
        """
        name: Asks at its limit
        trigger: manual
        on_limit: ask
        limits: {send_notification: {max_per_hour: 1}}
        steps:
          - {action: send_notification, with: {to: ceo, subject: "${trigger.subject}"}}
        """;
    UUID workflow = people.automation(yaml);
    people.awaitEnd(people.start(workflow, Map.of("subject", "within the limit")));
    UUID approved = people.start(workflow, Map.of("subject", "above the limit"));
    people.awaitStatus(approved, "AWAITING_APPROVAL");
    people.decide(approved, true);
    assertThat(people.awaitEnd(approved).row().status()).isEqualTo("COMPLETED");
    UUID rejected = people.start(workflow, Map.of("subject", "not wanted"));
    people.awaitStatus(rejected, "AWAITING_APPROVAL");
    people.decide(rejected, false);
    assertThat(people.awaitEnd(rejected).row().status()).isEqualTo("REJECTED");
    assertThat(people.told("ceo"))
        .contains("within the limit", "above the limit")
        .doesNotContain("not wanted");
    keep("at-once-asks-at-a-limit", approved);
  }
}

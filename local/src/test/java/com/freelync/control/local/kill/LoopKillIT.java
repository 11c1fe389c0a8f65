package com.freelync.control.local.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Execution;
import com.freelync.control.automation.RunInput;
import com.freelync.control.automation.StepRow;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.local.kill.Fleet.Victim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop over thousands of things while the workers that go over them are killed. */
@Tag("system")
class LoopKillIT {
  private static final Actor ADMIN = new Actor("admin", "kill-test");
  private static final int LONGEST_HISTORY = 10_000;
  private static final String LOOP = "/steps/1";
  private static final String STEP = "/steps/1/for_each/do/0";

  @TempDir static Path directory;
  private static Fleet fleet;
  private static Database marketplace;

  @BeforeAll
  static void start() {
    // The mail server of the test loses connections to the workers that are killed.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
    fleet = new Fleet(directory);
    marketplace = fleet.pool("marketplace_app");
  }

  @AfterAll
  static void stop() {
    fleet.close();
    Awaitility.reset();
  }

  @Test
  @DisplayName("AU-4: of 300 documents each owner is told once, through the kill of a worker")
  void tellsEachOnce() {
    loop(300, 1, Duration.ofSeconds(120));
  }

  @Test
  @Tag("nightly")
  @DisplayName("AU-4: of 10,000 documents each owner is told once, through three kills")
  void tellsTenThousandOnce() {
    long runs = loop(10_000, 3, Duration.ofMinutes(40));
    assertThat(runs).as("the loop began its history anew").isGreaterThan(1);
  }

  /** Goes over so many documents, and returns in how many runs the loop did. */
  private static long loop(int documents, int kills, Duration atMost) {
    marketplace.transaction(
        tx -> tx.handle().execute("UPDATE marketplace.documents SET status = 'REVOKED'"));
    fleet.marketplace.documents(fleet.marketplace.goodSeller(), documents, 20);
    long told = told();
    UUID automation = UUID.randomUUID();
    fleet.control.automations.create(automation, definition(), ADMIN);
    UUID execution = UUID.randomUUID();
    fleet.control.executions.execute(execution, automation, Map.of(), "a test", ADMIN);
    for (int kill = 1; kill <= kills; kill++) {
      long due = told + (long) documents * kill / (kills + 1);
      await().atMost(atMost).pollInterval(Duration.ofMillis(20)).until(() -> told() >= due);
      fleet.kill(Victim.WORKER, fleet.workers.get(kill % 2).pid());
    }
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> get(execution).row().finishedAt() != null);
    assertDone(get(execution), documents);
    assertThat(told() - told).isEqualTo(documents);
    assertThat(toldTwice()).isZero();
    return histories(execution);
  }

  private static Map<String, Object> definition() {
    return Json.readObject(
        """
        {"name": "Tells everybody", "trigger": "manual", "status": "ACTIVE", "steps": [
          {"action": "query_expiring_documents", "id": "due", "with": {"within": "P30D"}},
          {"for_each": {"items": "${steps.due.documents}", "batch": 50, "do": [
            {"action": "send_expiry_notifications", "with": {"document": "${item}"}}]}}]}
        """);
  }

  private static Execution get(UUID execution) {
    return fleet.control.executions.get(execution);
  }

  private static void assertDone(Execution run, int documents) {
    assertThat(run.row().status()).as("%s", run.row()).isEqualTo("COMPLETED");
    assertThat(run.steps().stream().filter(step -> step.path().equals(LOOP)))
        .singleElement()
        .satisfies(
            loop ->
                assertThat(Json.readObject(loop.outputJson()).get("count").toString())
                    .isEqualTo(String.valueOf(documents)));
    List<StepRow> items = run.steps().stream().filter(step -> step.path().equals(STEP)).toList();
    assertThat(items).hasSize(documents);
    assertThat(items.stream().map(StepRow::item).distinct()).hasSize(documents);
    assertThat(items)
        .allSatisfy(
            item -> {
              assertThat(item.status()).isEqualTo("COMPLETED");
              assertThat(Json.readObject(item.outputJson()).get("sent").toString()).isEqualTo("1");
            });
  }

  private static long told() {
    return count("SELECT count(*) FROM marketplace.messages");
  }

  private static long toldTwice() {
    return count("SELECT count(*) - count(DISTINCT document_id) FROM marketplace.messages");
  }

  private static long count(String sql) {
    return marketplace.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /** No history is long, neither the run's nor any of the loop's; how many the loop has. */
  private static long histories(UUID execution) {
    String run = RunInput.temporalId(execution, 1);
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(lengths(run)).hasSize(1));
    assertThat(lengths(run)).allSatisfy(LoopKillIT::assertShort);
    List<Long> loops = lengths(run + LOOP);
    assertThat(loops).isNotEmpty().allSatisfy(LoopKillIT::assertShort);
    return loops.size();
  }

  private static void assertShort(long events) {
    assertThat(events).isLessThan(LONGEST_HISTORY);
  }

  private static List<Long> lengths(String workflowId) {
    return fleet
        .temporalClient
        .client()
        .listExecutions("WorkflowId = '" + workflowId + "'")
        .map(found -> found.getHistoryLength())
        .toList();
  }
}

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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A run that goes over many documents while the workers that do it are killed. */
final class DocumentLoop {
  private static final Actor ADMIN = new Actor("admin", "kill-test");
  private static final int LONGEST_HISTORY = 10_000;
  private static final String LOOP = "/steps/1";
  private static final String STEP = "/steps/1/for_each/do/0";

  private final Fleet fleet;
  private final Database marketplace;

  DocumentLoop(Fleet fleet) {
    this.fleet = fleet;
    this.marketplace = fleet.pool("marketplace_app");
  }

  /** Goes over so many documents, and returns in how many runs the loop did. */
  long over(int documents, int kills, Duration atMost) {
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

  private Execution get(UUID execution) {
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

  private long told() {
    return count("SELECT count(*) FROM marketplace.messages");
  }

  private long toldTwice() {
    return count("SELECT count(*) - count(DISTINCT document_id) FROM marketplace.messages");
  }

  private long count(String sql) {
    return marketplace.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  /** No history is long, neither the run's nor any of the loop's; how many the loop has. */
  private long histories(UUID execution) {
    String run = RunInput.temporalId(execution, 1);
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(lengths(run)).hasSize(1));
    assertThat(lengths(run)).allSatisfy(DocumentLoop::assertShort);
    List<Long> loops = lengths(run + LOOP);
    assertThat(loops).isNotEmpty().allSatisfy(DocumentLoop::assertShort);
    return loops.size();
  }

  private static void assertShort(long events) {
    assertThat(events).isLessThan(LONGEST_HISTORY);
  }

  private List<Long> lengths(String workflowId) {
    return fleet
        .temporalClient
        .client()
        .listExecutions("WorkflowId = '" + workflowId + "'")
        .map(found -> found.getHistoryLength())
        .toList();
  }
}

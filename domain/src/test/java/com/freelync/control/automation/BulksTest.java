package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.audit.Actor;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many executions at once, with messages that arrive as a test likes. */
class BulksTest {
  private static TriggerFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new TriggerFixture();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /** An automation with so many executions that failed. */
  private static UUID failed(int count) {
    UUID automation = fixture.active("manual");
    fixture.sql(
        """
        INSERT INTO control.workflow_execution (id, workflow_id, workflow_version, status, trigger_type,
               triggered_by, trigger_data, facts, conditions, created_at, started_at, finished_at, error)
        SELECT md5(? || n)::uuid, ?, 1, 'FAILED', 'EVENT', 'test', '{}', '{"amount": 100.50}', '[]',
               now(), now(), now(), '{"type": "t", "message": "m"}'
          FROM generate_series(1, ?) n
        """,
        automation.toString(),
        automation,
        count);
    return automation;
  }

  private static BulkRequest retry(UUID automation) {
    return new BulkRequest(
        BulkRequest.Action.RETRY,
        new ExecutionFilter(null, automation, null, null, null, null, null, null),
        null,
        true,
        "mended");
  }

  private static Bulk start(BulkRequest request) {
    return fixture.api.bulks.start(
        UUID.randomUUID(),
        request,
        fixture.api.bulks.preview(request).token(),
        TriggerFixture.ADMIN);
  }

  private static long count(UUID automation, String status) {
    return fixture.count(
        "SELECT count(*) FROM control.workflow_execution WHERE workflow_id = ? AND status = ?",
        automation,
        status);
  }

  private static @Nullable Integer owedBatch(UUID bulk) {
    return fixture.asOwner.read(
        handle ->
            handle
                .select(
                    "SELECT max((payload ->> 'batch')::int) FROM control.outbox WHERE topic = 'automation.bulk' AND key = ?",
                    bulk.toString())
                .mapTo(Integer.class)
                .findOne()
                .orElse(null));
  }

  @Test
  @DisplayName(
      "AU-13: batch after batch, each carried by four at once, and every execution is retried once")
  void onceEach() throws Exception {
    UUID automation = failed(180);
    Bulk bulk = start(retry(automation));
    assertThat(bulk.count()).isEqualTo(180);
    Integer batch = 0;
    while (fixture.api.bulks.get(bulk.id()).finishedAt() == null) {
      int now = batch == null ? 0 : batch;
      List<Callable<Integer>> carriers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        carriers.add(
            () -> {
              fixture.worker.bulks.next(bulk.id(), now);
              return now;
            });
      }
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        for (Future<Integer> done : threads.invokeAll(carriers)) {
          done.get();
        }
      }
      batch = owedBatch(bulk.id());
    }
    assertThat(count(automation, "PENDING")).isEqualTo(180);
    assertThat(
            fixture.count(
                "SELECT count(*) FROM control.workflow_execution WHERE workflow_id = ? AND run <> 2",
                automation))
        .isZero();
    assertThat(
            fixture.count(
                "SELECT count(*) FROM control.audit_log a JOIN control.workflow_execution e ON e.id::text = a.subject_id"
                    + " WHERE a.action = 'execution.retry' AND e.workflow_id = ?",
                automation))
        .isEqualTo(180);
    assertThat(fixture.api.bulks.get(bulk.id()).done()).isEqualTo(180);
  }

  @Test
  @DisplayName("AU-13: what changed after the confirmation is told, and left as it is")
  void refusesWhatChanged() {
    UUID automation = failed(3);
    Bulk bulk = start(retry(automation));
    UUID one = fixture.executions(automation).getFirst().id();
    fixture.api.executions.retry(one, "myself", TriggerFixture.ADMIN);
    fixture.worker.runs.begin(one);
    fixture.worker.runs.finish(one, "FAILED", "again", Map.of("type", "t", "message", "m"));
    fixture.worker.bulks.next(bulk.id(), 0);
    Bulk done = fixture.api.bulks.get(bulk.id());
    assertThat(done.status()).isEqualTo("COMPLETED");
    assertThat(done.done()).isEqualTo(2);
    assertThat(done.refused()).isEqualTo(1);
    assertThat(done.refusals().getFirst().examples()).containsExactly(one);
    assertThat(fixture.api.executions.get(one).row().run()).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "AU-13: a preview says what executions moved, what they were about, and which are left out")
  void tellsTheMoney() {
    UUID automation = failed(4);
    fixture.sql(
        """
        INSERT INTO control.automation_version (workflow_id, version, definition, content_hash, moves_money, created_by, created_at)
        SELECT workflow_id, 2, definition, content_hash, true, created_by, created_at
          FROM control.automation_version WHERE workflow_id = ?
        """,
        automation);
    fixture.sql(
        "UPDATE control.workflow_execution SET workflow_version = 2 WHERE workflow_id = ?",
        automation);
    List<UUID> all = fixture.executions(automation).stream().map(ExecutionRow::id).toList();
    for (String output :
        List.of("{\"amount\": 70.25, \"already\": false}", "{\"amount\": 9, \"already\": true}")) {
      fixture.sql(
          "INSERT INTO control.execution_step (execution_id, path, action, status, output, started_at)"
              + " VALUES (?, ?, 'approve_payout', 'COMPLETED', CAST(? AS jsonb), now())",
          all.get(0),
          "/actions/" + output.length(),
          output);
    }
    fixture.sql("UPDATE control.workflow_execution SET started_at = NULL WHERE id = ?", all.get(3));
    BulkPreview preview = fixture.api.bulks.preview(retry(automation));
    assertThat(preview.count()).isEqualTo(3);
    assertThat(preview.moved()).isEqualByComparingTo("70.25");
    assertThat(preview.wouldMove()).isEqualByComparingTo("201.00");
    assertThat(preview.leftOut())
        .singleElement()
        .satisfies(
            out -> {
              assertThat(out.examples()).containsExactly(all.get(3));
              assertThat(out.reason()).contains("before it began");
            });
    BulkRequest named =
        new BulkRequest(BulkRequest.Action.RETRY, null, all.subList(0, 3), true, "mended");
    assertThat(fixture.api.bulks.preview(named).token())
        .as("the same set, however it is meant")
        .isEqualTo(preview.token());
    UUID unknown = UUID.randomUUID();
    assertThat(
            fixture
                .api
                .bulks
                .preview(
                    new BulkRequest(
                        BulkRequest.Action.RETRY, null, List.of(unknown), true, "mended"))
                .leftOut())
        .singleElement()
        .satisfies(out -> assertThat(out.examples()).containsExactly(unknown));
  }

  @Test
  @DisplayName("AU-13: at most 10,000 at once")
  void bounded() {
    UUID automation = failed(10_001);
    assertThatThrownBy(() -> fixture.api.bulks.preview(retry(automation)))
        .isInstanceOf(RequestRefused.Invalid.class);
    fixture.sql(
        "UPDATE control.workflow_execution SET created_at = now() - interval '1 day' WHERE id = md5(? || 1)::uuid",
        automation.toString());
    BulkRequest fewer =
        new BulkRequest(
            BulkRequest.Action.RETRY,
            new ExecutionFilter(
                null,
                automation,
                null,
                null,
                null,
                null,
                Clock.systemUTC().instant().minusSeconds(3_600),
                null),
            null,
            true,
            "mended");
    assertThat(start(fewer).count()).isEqualTo(10_000);
  }

  @Test
  @DisplayName("AU-13: the same set is confirmed once, whoever confirms it")
  void onceForAll() throws Exception {
    UUID automation = failed(2);
    BulkRequest request = retry(automation);
    String token = fixture.api.bulks.preview(request).token();
    List<Callable<Boolean>> people = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Actor person = new Actor("p" + i, null);
      people.add(
          () -> {
            try {
              fixture.api.bulks.start(UUID.randomUUID(), request, token, person);
              return true;
            } catch (RequestRefused.IllegalMove refused) {
              return false;
            }
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      int begun = 0;
      for (Future<Boolean> one : threads.invokeAll(people)) {
        begun += one.get() ? 1 : 0;
      }
      assertThat(begun).isEqualTo(1);
    }
  }
}

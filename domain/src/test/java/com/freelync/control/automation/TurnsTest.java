package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.problem.RequestRefused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Modes of automations, with the messages of the outbox delivered as soon as they are owed. */
class TurnsTest {
  private static TriggerFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new TriggerFixture();
    // Before its listeners are done a transaction has its connection: another pool delivers.
    for (ControlCenter control : List.of(fixture.api, fixture.worker)) {
      control.outbox.onCommit(
          messages ->
              messages.stream()
                  .filter(message -> message.topic().equals(Turns.TURN))
                  .forEach(message -> fixture.worker.turns.next(UUID.fromString(message.key()))));
    }
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static UUID automation(Object mode) {
    UUID id = UUID.randomUUID();
    fixture.api.automations.create(id, document("manual", mode), TriggerFixture.ADMIN);
    return id;
  }

  private static Map<String, Object> document(String trigger, Object mode) {
    Map<String, Object> document = new HashMap<>();
    document.put("name", "mode " + mode);
    document.put("trigger", trigger);
    document.put("mode", mode);
    document.put("actions", List.of("take_snapshot"));
    document.put("status", "ACTIVE");
    return document;
  }

  /** By a person of its own: nobody has had enough. */
  private static UUID trigger(UUID automation) {
    UUID id = UUID.randomUUID();
    fixture.api.executions.execute(id, automation, Map.of(), "a test", new Actor("p" + id, null));
    return id;
  }

  private static ExecutionRow row(UUID execution) {
    return fixture.api.executions.get(execution).row();
  }

  private static void finish(UUID execution, String status) {
    fixture.worker.runs.begin(execution);
    fixture.worker.runs.finish(execution, status, null, null);
  }

  private static List<UUID> underWay(UUID automation) {
    return fixture.asOwner.read(
        handle -> handle.attach(QueueDao.class).underWay(automation, 1_000));
  }

  private static boolean owesRun(UUID execution) {
    return fixture.count(
            "SELECT count(*) FROM control.outbox WHERE topic = 'automation.run' AND key = ?",
            execution.toString())
        > 0;
  }

  private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
      List<T> results = new ArrayList<>();
      for (Future<T> done :
          threads.invokeAll(IntStream.range(0, times).mapToObj(i -> work).toList())) {
        results.add(done.get());
      }
      return results;
    }
  }

  @Test
  @DisplayName(
      "AU-15: of 64 who trigger a single automation at once one may; the others are told whose it is")
  void singleByHand() throws Exception {
    UUID automation = automation("single");
    List<Object> ends =
        atOnce(
            64,
            () -> {
              try {
                return trigger(automation);
              } catch (RequestRefused.IllegalMove refused) {
                return String.valueOf(refused.getMessage());
              }
            });
    List<UUID> begun = ends.stream().filter(UUID.class::isInstance).map(UUID.class::cast).toList();
    assertThat(begun).hasSize(1);
    assertThat(underWay(automation)).isEqualTo(begun);
    assertThat(ends.stream().filter(String.class::isInstance))
        .hasSize(63)
        .allMatch(told -> told.toString().contains(begun.getFirst().toString()));
    finish(begun.getFirst(), "FAILED");
    UUID next = trigger(automation);
    assertThat(underWay(automation)).containsExactly(next);
    assertThatThrownBy(
            () -> fixture.api.executions.retry(begun.getFirst(), "again", TriggerFixture.ADMIN))
        .isInstanceOf(RequestRefused.IllegalMove.class)
        .hasMessageContaining(next.toString());
    finish(next, "COMPLETED");
    fixture.api.executions.retry(begun.getFirst(), "again", TriggerFixture.ADMIN);
    assertThat(underWay(automation)).containsExactly(begun.getFirst());
    assertThat(owesRun(begun.getFirst())).isTrue();
  }

  @Test
  @DisplayName("AU-15: what comes by itself while a single automation runs is recorded as not run")
  void singleByItself() throws Exception {
    UUID automation = UUID.randomUUID();
    fixture.api.automations.create(
        automation, document("state: payout.status -> REJECTED", "single"), TriggerFixture.ADMIN);
    UUID seller = fixture.marketplace.goodSeller();
    List<UUID> payouts =
        IntStream.range(0, 20).mapToObj(i -> fixture.marketplace.payout(seller, "10.00")).toList();
    payouts.forEach(payout -> fixture.marketplace.move(payout, "REJECTED"));
    atOnce(4, () -> fixture.worker.triggers.changes.follow());
    fixture.work();
    List<ExecutionRow> rows = fixture.executions(automation);
    assertThat(rows).hasSize(20);
    List<UUID> open = underWay(automation);
    assertThat(open).hasSize(1);
    assertThat(rows.stream().filter(one -> one.status().equals("SKIPPED")))
        .hasSize(19)
        .allMatch(one -> String.valueOf(one.reason()).contains(open.getFirst().toString()));
  }

  @Test
  @DisplayName(
      "AU-15: queued executions begin one after the other, in order, whichever way each ends")
  void queued() throws Exception {
    UUID automation = automation("queued");
    List<UUID> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(trigger(automation));
    }
    assertThat(underWay(automation)).containsExactly(all.get(0));
    assertThat(row(all.get(1)).status()).isEqualTo("PENDING");
    assertThat(owesRun(all.get(1))).isFalse();
    assertThat(fixture.worker.runs.start(all.get(1))).as("what waits cannot begin").isEmpty();
    finish(all.get(0), "FAILED");
    assertThat(underWay(automation)).containsExactly(all.get(1));
    assertThat(owesRun(all.get(1))).isTrue();
    fixture.api.executions.cancel(all.get(2), "not needed", true, TriggerFixture.ADMIN);
    assertThat(row(all.get(2)).status()).isEqualTo("CANCELLED");
    assertThat(underWay(automation)).containsExactly(all.get(1));
    fixture.worker.openRuns.lost(all.get(1), "terminated");
    assertThat(underWay(automation)).containsExactly(all.get(3));
    fixture.worker.runs.begin(all.get(3));
    fixture.api.executions.cancel(all.get(3), "not needed", true, TriggerFixture.ADMIN);
    assertThat(underWay(automation)).as("it is still at work").containsExactly(all.get(3));
    fixture.worker.runs.cancelledWithoutRun(all.get(3));
    assertThat(underWay(automation)).containsExactly(all.get(4));
    fixture.api.executions.retry(all.get(0), "again", TriggerFixture.ADMIN);
    assertThat(underWay(automation)).as("a retry waits as well").containsExactly(all.get(4));
    finish(all.get(4), "REJECTED");
    assertThat(underWay(automation)).containsExactly(all.get(0));
  }

  @Test
  @DisplayName(
      "AU-15: at no instant more than n of a parallel automation are under way, and all get there")
  void parallel() throws Exception {
    UUID automation = automation(Map.of("parallel", 3));
    atOnce(40, () -> trigger(automation));
    assertThat(fixture.executions(automation)).hasSize(40);
    atOnce(
        8,
        () -> {
          List<UUID> open = underWay(automation);
          while (!open.isEmpty()) {
            assertThat(open).hasSizeLessThanOrEqualTo(3);
            finish(open.get((int) (Thread.currentThread().threadId() % open.size())), "COMPLETED");
            open = underWay(automation);
          }
          return open;
        });
    // Who looked between an end and the next beginning may have gone home early.
    for (List<UUID> open = underWay(automation); !open.isEmpty(); open = underWay(automation)) {
      open.forEach(one -> finish(one, "COMPLETED"));
    }
    assertThat(fixture.executions(automation))
        .hasSize(40)
        .allMatch(one -> one.status().equals("COMPLETED"));
    assertThat(
            fixture.count(
                "SELECT count(*) - count(DISTINCT o.key) FROM control.outbox o JOIN control.workflow_execution e ON e.id::text = o.key"
                    + " WHERE o.topic = 'automation.run' AND e.workflow_id = ?",
                automation))
        .as("each was owed once")
        .isZero();
  }

  @Test
  @DisplayName("AU-15: restart cancels what is open, and begins the newest once that has ended")
  void restart() {
    UUID automation = automation("restart");
    UUID first = trigger(automation);
    fixture.worker.runs.begin(first);
    UUID second = trigger(automation);
    UUID third = trigger(automation);
    assertThat(row(first).status()).isEqualTo("RUNNING");
    assertThat(row(first).cancelRequestedAt()).isNotNull();
    assertThat(row(first).cancelCompensates()).isTrue();
    assertThat(row(second).status()).isEqualTo("CANCELLED");
    assertThat(row(second).reason()).contains(third.toString());
    assertThat(row(third).status()).isEqualTo("PENDING");
    assertThat(underWay(automation)).containsExactly(first);
    fixture.worker.runs.finish(first, "CANCELLED", null, null);
    assertThat(underWay(automation)).containsExactly(third);
    assertThat(owesRun(third)).isTrue();
  }

  @Test
  @DisplayName("AU-13 AU-15: while it is paused, or the kill switch is on, nobody who waits begins")
  void heldBack() {
    UUID automation = automation("queued");
    UUID first = trigger(automation);
    UUID second = trigger(automation);
    UUID third = trigger(automation);
    fixture.pause(automation);
    finish(first, "COMPLETED");
    fixture.worker.turns.run();
    assertThat(underWay(automation)).isEmpty();
    fixture.resume(automation, "skip");
    fixture.worker.turns.run();
    assertThat(underWay(automation)).containsExactly(second);
    fixture.api.safeguards.kill(automation, true, "a test", TriggerFixture.ADMIN);
    finish(second, "COMPLETED");
    fixture.worker.turns.run();
    assertThat(underWay(automation)).isEmpty();
    fixture.api.safeguards.kill(automation, false, "a test", TriggerFixture.ADMIN);
    fixture.worker.turns.run();
    assertThat(underWay(automation)).containsExactly(third);
    UUID fourth = trigger(automation);
    fixture.change(automation, Map.of("status", "ARCHIVED"));
    fixture.worker.turns.run();
    assertThat(row(fourth).status()).isEqualTo("CANCELLED");
    assertThat(underWay(automation)).containsExactly(third);
  }

  @Test
  @DisplayName(
      "AU-15: a thousand wait; who comes then is refused, and what comes by itself recorded as not run")
  void bounded() {
    UUID automation = automation("queued");
    UUID first = trigger(automation);
    fixture.sql(
        """
        INSERT INTO control.workflow_execution (id, workflow_id, workflow_version, status, trigger_type,
               triggered_by, trigger_data, facts, conditions, created_at)
        SELECT md5(? || n)::uuid, ?, 1, 'PENDING', 'EVENT', 'test', '{}', '{}', '[]', now()
          FROM generate_series(1, 1002) n
        """,
        automation.toString(),
        automation);
    fixture.sql(
        """
        INSERT INTO control.execution_queue (execution_id, workflow_id, waits_for, since)
        SELECT md5(? || n)::uuid, ?, 'SLOT', now() FROM generate_series(1, 1002) n
        """,
        automation.toString(),
        automation);
    assertThatThrownBy(() -> trigger(automation))
        .isInstanceOf(RequestRefused.IllegalMove.class)
        .hasMessageContaining("1,000");
    fixture.worker.turns.next(automation);
    assertThat(underWay(automation)).containsExactly(first);
    assertThat(
            fixture.count(
                "SELECT count(*) FROM control.workflow_execution WHERE workflow_id = ? AND status = 'SKIPPED'"
                    + " AND reason LIKE '1,000%'",
                automation))
        .isEqualTo(2);
  }

  @Test
  @DisplayName("AU-15: an automation that names no mode runs as often at once as it is triggered")
  void unlimited() {
    UUID automation = UUID.randomUUID();
    Map<String, Object> document = document("manual", "single");
    document.remove("mode");
    fixture.api.automations.create(automation, document, TriggerFixture.ADMIN);
    List<UUID> all = IntStream.range(0, 5).mapToObj(i -> trigger(automation)).toList();
    assertThat(underWay(automation)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(all).allMatch(TurnsTest::owesRun);
  }
}

package com.freelync.control.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.alert.MovableClock;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AU-12: tasks as the clock starts them")
class TaskTicksTest {
  private static final Actor OPERATOR = new Actor("operator", "request-1");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static TestDatabase database;
  private final MovableClock clock = new MovableClock();
  private final ControlCenter api = new ControlCenter(database.as("control_api"), clock);
  private final ControlCenter worker = new ControlCenter(database.as("control_worker"), clock);

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void noon() {
    clock.set(NOON);
  }

  private UUID automation() {
    UUID id = UUID.randomUUID();
    api.automations.create(
        id,
        Map.of(
            "name",
            "A",
            "trigger",
            "manual",
            "status",
            "ACTIVE",
            "actions",
            List.of("reject_payout")),
        OPERATOR);
    return id;
  }

  private UUID task(@Nullable Instant at, @Nullable String cron, MissedPolicy missed) {
    UUID id = UUID.randomUUID();
    api.tasks.tasks.create(
        id,
        new NewTask(
            "Nightly",
            automation(),
            Map.of("payout_id", UUID.randomUUID().toString()),
            at,
            cron,
            cron == null ? null : "UTC",
            missed,
            Duration.ofHours(6)),
        OPERATOR);
    return id;
  }

  private TaskRow get(UUID id) {
    return api.tasks.tasks.get(id);
  }

  private List<ExecutionRow> executions(UUID task) {
    return api.executions.list(
        new ExecutionFilter(null, get(task).workflowId(), null, null, null, null, null, null),
        Cursor.START,
        200);
  }

  private void tick(UUID id, Instant at) {
    worker.tasks.ticks.tick(id, at);
  }

  @Test
  @DisplayName(
      "AU-12: an instant makes one execution, by however many workers, which names its task")
  void once() throws Exception {
    Instant at = NOON.plus(Duration.ofHours(1));
    UUID id = task(at, null, MissedPolicy.RUN_ONCE);
    tick(id, at);
    assertThat(executions(id)).as("an hour early").isEmpty();
    clock.forward(Duration.ofHours(1));
    tick(id, at.plusSeconds(1));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> ticks =
          IntStream.range(0, 6)
              .<Callable<String>>mapToObj(
                  i ->
                      () -> {
                        tick(id, at);
                        return "";
                      })
              .toList();
      for (Future<String> tick : threads.invokeAll(ticks)) {
        tick.get();
      }
    }
    assertThat(executions(id))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.triggerType()).isEqualTo("SCHEDULED");
              assertThat(row.triggeredBy()).isEqualTo("system:schedule");
              assertThat(row.why()).isEqualTo("task Nightly");
              assertThat(row.triggerDataJson()).contains("payout_id");
            });
    assertThat(get(id).status()).isEqualTo("RUNNING");
    assertThat(worker.tasks.ticks.find(id)).as("it needs no schedule any more").isEmpty();
  }

  @Test
  @DisplayName("AU-12: a task that runs once ends as its execution ends")
  void ends() {
    for (String end : List.of("COMPLETED", "FAILED")) {
      UUID id = task(NOON.plusSeconds(60), null, MissedPolicy.RUN_ONCE);
      clock.set(NOON.plusSeconds(60));
      tick(id, NOON.plusSeconds(60));
      UUID execution = executions(id).getFirst().id();
      worker.runs.begin(execution);
      assertThat(get(id).status()).isEqualTo("RUNNING");
      worker.runs.finish(execution, end, null, null);
      assertThat(get(id).status()).isEqualTo(end);
      assertThat(api.tasks.tasks.list(end, get(id).workflowId(), Cursor.START, 5)).hasSize(1);
      clock.set(NOON);
    }
  }

  @Test
  @DisplayName("AU-12: of what was missed all runs, or the last, or nothing, as the task says")
  void policies() {
    UUID all = task(null, "0 * * * *", MissedPolicy.RUN_ALL);
    UUID last = task(null, "0 * * * *", MissedPolicy.RUN_ONCE);
    UUID none = task(null, "0 * * * *", MissedPolicy.SKIP);
    // Nobody comes for ten hours and a half; an instant may be six hours late.
    clock.forward(Duration.ofMinutes(630));
    for (UUID id : List.of(all, last, none)) {
      for (int hour = 1; hour <= 10; hour++) {
        tick(id, NOON.plus(Duration.ofHours(hour)));
      }
      worker.tasks.ticks.catchUp(id);
    }
    assertThat(executions(all)).hasSize(6);
    assertThat(executions(last)).hasSize(1);
    assertThat(get(last).executedFor()).isEqualTo(NOON.plus(Duration.ofHours(10)));
    assertThat(executions(none)).isEmpty();
    clock.forward(Duration.ofMinutes(30));
    tick(none, NOON.plus(Duration.ofHours(11)));
    assertThat(executions(none)).as("what comes in time runs").hasSize(1);
  }

  @Test
  @DisplayName("AU-12 AU-13: what passed while it was paused is missed, and its policy decides")
  void paused() {
    UUID once = task(NOON.plus(Duration.ofHours(1)), null, MissedPolicy.RUN_ONCE);
    UUID skips = task(NOON.plus(Duration.ofHours(1)), null, MissedPolicy.SKIP);
    UUID late = task(NOON.plus(Duration.ofHours(1)), null, MissedPolicy.RUN_ALL);
    for (UUID id : List.of(once, skips, late)) {
      api.tasks.tasks.pause(id, null, OPERATOR);
      assertThat(worker.tasks.ticks.find(id)).isEmpty();
    }
    clock.forward(Duration.ofHours(2));
    for (UUID id : List.of(once, skips)) {
      tick(id, NOON.plus(Duration.ofHours(1)));
      assertThat(executions(id)).isEmpty();
      api.tasks.tasks.resume(id, null, OPERATOR);
      worker.tasks.ticks.catchUp(id);
    }
    assertThat(executions(once)).hasSize(1);
    assertThat(get(skips).status()).isEqualTo("FAILED");
    assertThat(get(skips).problem()).contains("missed");
    clock.forward(Duration.ofHours(9));
    api.tasks.tasks.resume(late, null, OPERATOR);
    worker.tasks.ticks.catchUp(late);
    assertThat(get(late).status()).as("too late for any policy").isEqualTo("FAILED");
  }

  @Test
  @DisplayName("AU-12: a task whose automation cannot run says so, and goes on where it can")
  void impossible() {
    UUID id = task(null, "0 * * * *", MissedPolicy.RUN_ONCE);
    UUID workflow = get(id).workflowId();
    api.automations.change(workflow, Map.of("status", "PAUSED"), null, OPERATOR);
    clock.forward(Duration.ofHours(1));
    tick(id, NOON.plus(Duration.ofHours(1)));
    assertThat(get(id).status()).isEqualTo("SCHEDULED");
    assertThat(get(id).problem()).contains("not ACTIVE");
    api.automations.change(workflow, Map.of("status", "ACTIVE"), null, OPERATOR);
    clock.forward(Duration.ofHours(1));
    tick(id, NOON.plus(Duration.ofHours(2)));
    assertThat(get(id).problem()).isNull();
    assertThat(executions(id)).hasSize(1);
  }

  @Test
  @DisplayName("AU-12 SE-3: making and moving a task is audited, and owes Temporal its schedule")
  void audited() {
    UUID id = task(null, "0 * * * *", MissedPolicy.RUN_ONCE);
    api.tasks.tasks.pause(id, "a holiday", OPERATOR);
    api.tasks.tasks.resume(id, null, OPERATOR);
    api.tasks.tasks.run(id, UUID.randomUUID(), "the auditors ask", OPERATOR);
    api.tasks.tasks.cancel(id, null, OPERATOR);
    assertThat(api.audit.actionsOn(id.toString()))
        .containsExactly("task.create", "task.pause", "task.resume", "task.run", "task.cancel");
    long owed =
        database
            .as("control_owner")
            .read(
                handle ->
                    handle
                        .createQuery(
                            "SELECT count(*) FROM control.outbox WHERE topic = 'task.schedule' AND key = :id")
                        .bind("id", id.toString())
                        .mapTo(Long.class)
                        .one());
    assertThat(owed).isEqualTo(5);
    assertThat(executions(id))
        .singleElement()
        .satisfies(row -> assertThat(row.triggerType()).isEqualTo("MANUAL"));
  }
}

package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.CronTimes;
import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.automation.LostSchedules;
import com.freelync.control.automation.TickSchedules;
import com.freelync.control.automation.TickSpec;
import com.freelync.control.automation.Times;
import com.freelync.control.database.Cursor;
import com.freelync.control.task.MissedPolicy;
import com.freelync.control.task.NewTask;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleBackfill;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("AU-2 AU-12: automations and tasks that the clock starts, on a real Temporal server")
class ScheduleTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Actor ADMIN = new Actor("admin", null);

  @TempDir static Path directory;
  private static RealWorker real;
  private static ScheduleClient schedules;

  @BeforeAll
  static void start() {
    real = new RealWorker(directory);
    WorkflowClient client = real.connection.client();
    schedules = ScheduleClient.newInstance(client.getWorkflowServiceStubs());
  }

  @AfterAll
  static void close() {
    real.close();
  }

  private static UUID automation(String trigger) {
    UUID id = UUID.randomUUID();
    real.api.automations.create(
        id,
        Map.of(
            "name",
            trigger,
            "trigger",
            trigger,
            "status",
            "ACTIVE",
            "actions",
            List.of("take_snapshot")),
        ADMIN);
    return id;
  }

  private static ScheduleHandle schedule(String id) {
    ScheduleHandle handle = schedules.getHandle(id);
    await().atMost(LONG).ignoreExceptions().until(() -> handle.describe() != null);
    return handle;
  }

  private static boolean isGone(String id) {
    try {
      schedules.getHandle(id).describe();
      return false;
    } catch (ScheduleException e) {
      return true;
    }
  }

  private static List<ExecutionRow> executions(UUID workflow) {
    return real.api.executions.list(
        new ExecutionFilter(null, workflow, null, null, null, null, null, null), Cursor.START, 10);
  }

  private static void mend() {
    TickSchedules.all(real.connection.client(), real.control)
        .forEach(ticks -> new LostSchedules(ticks, Clock.systemUTC()).run());
  }

  @Test
  @DisplayName("AU-2: a schedule starts its automation, once for the instant, and stops with it")
  void fires() {
    UUID id = automation("cron: 0 * * * *");
    ScheduleHandle schedule = schedule("automation/" + id);
    real.database
        .as("control_owner")
        .transaction(
            tx ->
                tx.handle()
                    .execute(
                        "UPDATE control.automation_trigger SET since = since - interval '1 day' WHERE workflow_id = ?",
                        id));
    schedule.trigger();
    Instant now = Instant.now();
    ScheduleBackfill lastHours = new ScheduleBackfill(now.minus(Duration.ofHours(3)), now);
    schedule.backfill(List.of(lastHours));
    schedule.backfill(List.of(lastHours));
    await().atMost(LONG).untilAsserted(() -> assertThat(executions(id)).hasSize(3));
    assertThat(executions(id))
        .as("a start by hand has no instant of its own")
        .allSatisfy(
            row -> {
              assertThat(row.triggerType()).isEqualTo("SCHEDULED");
              assertThat(row.why()).endsWith(":00:00Z");
            });
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(executions(id))
                    .allSatisfy(row -> assertThat(row.status()).isEqualTo("COMPLETED")));
    Histories.keep(real, "tick", tickOf(id));
    real.api.automations.change(id, Map.of("status", "PAUSED"), null, ADMIN);
    await().atMost(LONG).until(() -> isGone("automation/" + id));
    real.api.automations.change(id, Map.of("status", "ACTIVE"), null, ADMIN);
    schedule("automation/" + id);
  }

  private static String tickOf(UUID id) {
    return real.connection
        .client()
        .listExecutions("WorkflowType = 'Tick'")
        .map(found -> found.getExecution().getWorkflowId())
        .filter(found -> found.startsWith("tick/automation/" + id))
        .findFirst()
        .orElse("tick/automation/" + id);
  }

  @Test
  @DisplayName("AU-2: a schedule that is changed, paused or deleted in Temporal is mended")
  void mends() {
    UUID id = automation("cron: 0 8 * * MON-FRI");
    ScheduleHandle schedule = schedule("automation/" + id);
    Schedule right = schedule.describe().getSchedule();
    schedule.pause("by hand");
    mend();
    assertThat(schedule.describe().getSchedule().getState().isPaused()).isFalse();
    schedule.update(
        found ->
            new ScheduleUpdate(
                Schedule.newBuilder(found.getDescription().getSchedule())
                    .setSpec(
                        ScheduleSpec.newBuilder().setCronExpressions(List.of("0 9 * * *")).build())
                    .build()));
    mend();
    assertThat(schedule.describe().getSchedule().getSpec()).isEqualTo(right.getSpec());
    schedule.delete();
    mend();
    assertThat(schedule.describe().getSchedule().getSpec()).isEqualTo(right.getSpec());
    mend();
    assertThat(schedule.describe().getInfo().getLastUpdatedAt())
        .as("what is right is left alone")
        .isNull();
  }

  @Test
  @DisplayName("AU-2: a schedule without its automation is deleted")
  void deletesStrays() {
    UUID id = automation("cron: 0 8 * * *");
    ScheduleHandle schedule = schedule("automation/" + id);
    Schedule kept = schedule.describe().getSchedule();
    String stray = "automation/" + UUID.randomUUID();
    schedules.createSchedule(stray, kept, ScheduleOptions.newBuilder().build());
    await()
        .atMost(LONG)
        .until(
            () -> {
              mend();
              return isGone(stray);
            });
    assertThat(isGone("automation/" + id)).isFalse();
  }

  @Test
  @DisplayName("AU-12: a task runs at its instant, once, and then has no schedule")
  void task() {
    UUID workflow = automation("manual");
    UUID task = UUID.randomUUID();
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3);
    real.api.tasks.tasks.create(
        task,
        new NewTask("Once", workflow, Map.of(), at, null, null, MissedPolicy.RUN_ONCE, null),
        ADMIN);
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(real.api.tasks.tasks.get(task).status()).isEqualTo("COMPLETED");
              assertThat(real.api.tasks.tasks.get(task).executedFor()).isEqualTo(at);
            });
    await().atMost(LONG).until(() -> isGone("task/" + task));
    assertThat(executions(workflow)).hasSize(1);
  }

  @Test
  @DisplayName("AU-2: our instants are Temporal's, over both changes of the clock and all fields")
  void agrees() {
    List<String> expressions =
        List.of(
            "30 * 25-31 3 SUN",
            "*/20 1-3 25-31 3,10 SUN",
            "30 * 25-31 10 SUN",
            "0 2 * 3,10 SUN",
            "30 2 25-31 3 SUN",
            "0 8 13 * FRI",
            "0 0 29 2 *",
            "5/10 22-23 1,15 * *",
            "0 8 * * *",
            "*/10 * 25-31 10 SUN",
            "30 1 25-31 10 SUN",
            "30 23 31 3,10 *");
    for (String zone : List.of("Europe/Berlin", "America/New_York", "Africa/Addis_Ababa")) {
      for (int i = 0; i < expressions.size(); i++) {
        CronTimes cron = CronTimes.parse(expressions.get(i), ZoneId.of(zone));
        // Once more where an instant passes between the two questions.
        await().atMost(LONG).untilAsserted(() -> agree(cron, TickSpec.of(new Times.Again(cron))));
        if (cron.offsets().size() == 1) {
          await().atMost(LONG).untilAsserted(() -> agree(cron, text(cron)));
        }
      }
    }
  }

  private static void agree(CronTimes cron, ScheduleSpec spec) {
    ScheduleHandle handle =
        schedules.createSchedule(
            "agreement/" + UUID.randomUUID(), sample(spec), ScheduleOptions.newBuilder().build());
    Instant asked = Instant.now();
    List<Instant> theirs = handle.describe().getInfo().getNextActionTimes();
    handle.delete();
    Instant last = theirs.isEmpty() ? Instant.MAX : theirs.getLast();
    assertThat(theirs.stream().filter(cron::isAt).toList())
        .as("%s", spec)
        .isEqualTo(cron.after(asked).takeWhile(at -> !at.isAfter(last)).limit(10).toList());
    if (cron.offsets().size() == 1) {
      assertThat(theirs).allMatch(cron::isAt);
    }
  }

  private static Schedule sample(ScheduleSpec spec) {
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType("Tick")
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setWorkflowId("agreement")
                        .setTaskQueue("nobody")
                        .build())
                .build())
        .setSpec(spec)
        .build();
  }

  /** As people wrote it, which Temporal reads by itself. */
  private static ScheduleSpec text(CronTimes cron) {
    return ScheduleSpec.newBuilder()
        .setCronExpressions(List.of(cron.expression()))
        .setTimeZoneName(cron.zone().getId())
        .build();
  }
}

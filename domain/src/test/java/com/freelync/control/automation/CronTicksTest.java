package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AU-2: automations that the clock starts")
class CronTicksTest {
  private static TriggerFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new TriggerFixture();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static CronTicks ticks() {
    return fixture.worker.triggers.ticks;
  }

  /** The beginning of this hour. */
  private static Instant hour() {
    return Instant.now().truncatedTo(ChronoUnit.HOURS);
  }

  /** As if it had been made ACTIVE some hours earlier. */
  private static UUID old(UUID id, int hours) {
    fixture.sql(
        """
        UPDATE control.automation_trigger
           SET since = since - make_interval(hours => ?), armed_at = armed_at - make_interval(hours => ?)
         WHERE workflow_id = ?
        """,
        hours,
        hours,
        id);
    return id;
  }

  @Test
  @DisplayName("AU-2 AU-14: an instant starts an automation once, by however many workers")
  void once() throws Exception {
    UUID id = old(fixture.active("cron: 0 * * * *"), 3);
    Instant at = hour();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> calls =
          IntStream.range(0, 8)
              .<Callable<String>>mapToObj(
                  i ->
                      () -> {
                        ticks().tick(id, at);
                        return "";
                      })
              .toList();
      for (Future<String> call : threads.invokeAll(calls)) {
        call.get();
      }
    }
    assertThat(fixture.executions(id))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.triggerType()).isEqualTo("SCHEDULED");
              assertThat(row.triggeredBy()).isEqualTo("system:schedule");
              assertThat(row.triggerDataJson()).contains(at.toString());
              assertThat(row.status()).isEqualTo("PENDING");
              assertThat(
                      fixture.count(
                          "SELECT count(*) FROM control.outbox WHERE topic = 'automation.run' AND key = ?",
                          row.id().toString()))
                  .isEqualTo(1);
            });
    ticks().tick(id, at.minus(Duration.ofHours(1)));
    assertThat(fixture.executions(id)).hasSize(2);
    ticks().tick(id, at.minus(Duration.ofMinutes(1)));
    ticks().tick(id, at.plus(Duration.ofHours(1)));
    ticks().tick(id, at.minus(Duration.ofHours(9)));
    assertThat(fixture.executions(id))
        .as("one that is none of its own, one to come, and one before it was active")
        .hasSize(2);
  }

  @Test
  @DisplayName(
      "AU-2: the version runs that is active then; an old schedule's instant is not its own")
  void activeVersion() {
    UUID id = fixture.active("cron: 0 * * * *");
    fixture.change(id, Map.of("trigger", "cron: 30 * * * *"));
    old(id, 9);
    ticks().tick(id, hour());
    assertThat(fixture.executions(id)).as("an hour's begin is the old version's").isEmpty();
    Instant own = hour().minus(Duration.ofMinutes(30));
    ticks().tick(id, own);
    assertThat(fixture.executions(id))
        .singleElement()
        .satisfies(row -> assertThat(row.workflowVersion()).isEqualTo(2));
    fixture.change(id, Map.of("trigger", "manual"));
    ticks().tick(id, own.minus(Duration.ofHours(1)));
    assertThat(fixture.executions(id)).hasSize(1);
    assertThat(ticks().find(id)).isEmpty();
  }

  @Test
  @DisplayName("AU-13: paused and archived automations do not start, but for what came before that")
  void paused() {
    UUID id = old(fixture.active("cron: * * * * *"), 1);
    Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(2));
    assertThat(ticks().find(id)).isPresent();
    fixture.pause(id);
    assertThat(ticks().find(id)).isEmpty();
    fixture.sql(
        "UPDATE control.automation_trigger SET paused_at = paused_at - interval '90 seconds' WHERE workflow_id = ?",
        id);
    ticks().tick(id, before.plus(Duration.ofMinutes(2)));
    assertThat(fixture.executions(id)).isEmpty();
    ticks().tick(id, before);
    assertThat(fixture.executions(id)).as("it was active then").hasSize(1);
    fixture.change(id, Map.of("status", "ARCHIVED"));
    ticks().tick(id, before.minus(Duration.ofMinutes(1)));
    assertThat(fixture.executions(id)).hasSize(1);
    assertThat(
            fixture.count(
                "SELECT count(*) FROM control.automation_trigger WHERE workflow_id = ?", id))
        .isZero();
  }

  @Test
  @DisplayName("AU-2: each change of an automation with a cron trigger owes Temporal its schedule")
  void owesTheSchedule() {
    UUID id = fixture.create("cron: 0 8 * * *", List.of(), "DRAFT");
    String owed =
        "SELECT count(*) FROM control.outbox WHERE topic = 'automation.schedule' AND key = ?";
    assertThat(fixture.count(owed, id.toString())).isZero();
    fixture.change(id, Map.of("status", "ACTIVE"));
    fixture.change(id, Map.of("status", "PAUSED"));
    fixture.change(id, Map.of("status", "ACTIVE"));
    fixture.change(id, Map.of("trigger", "manual"));
    assertThat(fixture.count(owed, id.toString())).isEqualTo(4);
    fixture.change(id, Map.of("name", "by hand"));
    assertThat(fixture.count(owed, id.toString())).isEqualTo(4);
  }

  @Test
  @DisplayName("AU-2: what passed while its schedule was lost is caught up, of one day, each once")
  void catchesUp() {
    UUID id = fixture.active("cron: 0 * * * *");
    ticks().catchUp(id);
    assertThat(fixture.executions(id)).as("nothing passed since it is active").isEmpty();
    old(id, 30 * 24);
    ticks().tick(id, Instant.now().truncatedTo(ChronoUnit.HOURS));
    ticks().catchUp(id);
    ticks().catchUp(id);
    assertThat(fixture.executions(id)).hasSize(24);
  }

  @Test
  @DisplayName("AU-1 AU-2: a schedule that never comes is refused, with the cure")
  void never() {
    assertThatThrownBy(() -> fixture.active("cron: 0 8 30 2 *"))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            refused ->
                assertThat(refused.errors())
                    .singleElement()
                    .satisfies(
                        error -> {
                          assertThat(error.field()).isEqualTo("/trigger");
                          assertThat(error.code()).isEqualTo("never");
                        }));
  }

  @Test
  @DisplayName("AU-3: conditions of a scheduled automation are judged, on the trigger's data alone")
  void conditions() {
    UUID id =
        fixture.create(
            "cron: 0 * * * *",
            List.of(
                Map.of(
                    "field",
                    "trigger.scheduled_at",
                    "operator",
                    "lt",
                    "value",
                    "2020-01-01T00:00:00Z")),
            "ACTIVE");
    ticks().tick(old(id, 3), hour());
    assertThat(fixture.executions(id))
        .singleElement()
        .satisfies(row -> assertThat(row.status()).isEqualTo("SKIPPED"));
  }
}

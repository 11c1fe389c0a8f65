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

  /** A full hour to come. */
  private static Instant soon() {
    return Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(2));
  }

  @Test
  @DisplayName("AU-2 AU-14: an instant starts an automation once, by however many workers")
  void once() throws Exception {
    UUID id = fixture.active("cron: 0 * * * *");
    Instant at = soon();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> calls =
          IntStream.range(0, 8)
              .<Callable<String>>mapToObj(
                  i ->
                      () -> {
                        ticks().tick(id, 1, at);
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
    ticks().tick(id, 1, at.plus(Duration.ofHours(1)));
    assertThat(fixture.executions(id)).hasSize(2);
  }

  @Test
  @DisplayName(
      "AU-2: the version runs that is active then; an old schedule's instant is not its own")
  void activeVersion() {
    UUID id = fixture.active("cron: 0 * * * *");
    fixture.change(id, Map.of("trigger", "cron: 30 * * * *"));
    Instant at = soon();
    ticks().tick(id, 1, at);
    assertThat(fixture.executions(id)).as("an hour's begin is the old version's").isEmpty();
    Instant own = at.plus(Duration.ofMinutes(30));
    ticks().tick(id, 1, own);
    assertThat(fixture.executions(id))
        .singleElement()
        .satisfies(row -> assertThat(row.workflowVersion()).isEqualTo(2));
    fixture.change(id, Map.of("trigger", "manual"));
    ticks().tick(id, 3, own.plus(Duration.ofHours(1)));
    assertThat(fixture.executions(id)).hasSize(1);
    assertThat(ticks().find(id)).isEmpty();
  }

  @Test
  @DisplayName("AU-13: paused and archived automations do not start, but for what came before that")
  void paused() {
    UUID id = fixture.active("cron: * * * * *");
    fixture.sql(
        "UPDATE control.automation_trigger SET since = since - interval '1 hour' WHERE workflow_id = ?",
        id);
    Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(2));
    assertThat(ticks().find(id)).isPresent();
    fixture.pause(id);
    assertThat(ticks().find(id)).isEmpty();
    ticks().tick(id, 1, soon());
    assertThat(fixture.executions(id)).isEmpty();
    ticks().tick(id, 1, before);
    assertThat(fixture.executions(id)).as("it was active then").hasSize(1);
    fixture.change(id, Map.of("status", "ARCHIVED"));
    ticks().tick(id, 1, before.minus(Duration.ofMinutes(1)));
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
    fixture.sql(
        "UPDATE control.automation_trigger SET armed_at = armed_at - interval '30 days', since = since - interval '30 days' WHERE workflow_id = ?",
        id);
    ticks().tick(id, 1, Instant.now().truncatedTo(ChronoUnit.HOURS));
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
    ticks().tick(id, 1, soon());
    assertThat(fixture.executions(id))
        .singleElement()
        .satisfies(row -> assertThat(row.status()).isEqualTo("SKIPPED"));
  }
}

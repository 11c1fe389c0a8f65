package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.analytics.AnalyticsSchedules;
import com.freelync.control.analytics.AnalyticsVerification;
import com.freelync.control.analytics.MetricsCalculation;
import com.freelync.control.analytics.RebuildInput;
import com.freelync.control.audit.Actor;
import com.freelync.control.sandbox.marketplace.generator.GeneratorSettings;
import com.freelync.control.sandbox.marketplace.generator.MarketplaceGenerator;
import com.freelync.control.temporal.RunState;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("AN-6 AN-7: the durable work on metrics, on a real Temporal server")
class AnalyticsRunTest {
  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Africa/Addis_Ababa"));
  private static final YearMonth LAST = YearMonth.from(TODAY).minusMonths(1);

  @TempDir static Path directory;
  private static RealWorker real;
  private static ScheduleClient schedules;

  @BeforeAll
  static void start() {
    real = new RealWorker(directory);
    MarketplaceGenerator.load(
        real.database.as("marketplace_app").dataSource(),
        new GeneratorSettings(1_000, 7, TODAY),
        table -> {});
    WorkflowClient client = real.connection.client();
    schedules = ScheduleClient.newInstance(client.getWorkflowServiceStubs());
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> schedules.getHandle(MetricsCalculation.SCHEDULE).describe() != null);
  }

  @AfterAll
  static void close() {
    real.close();
  }

  private static long count(String sql) {
    return real.database
        .as("control_worker")
        .read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  @Test
  @DisplayName("AN-7: the schedule records closed periods and yesterday's snapshot; twice is once")
  void closesTheDay() {
    ScheduleHandle schedule = schedules.getHandle(MetricsCalculation.SCHEDULE);
    schedule.trigger();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(real.control.snapshots.latest())
                  .get()
                  .satisfies(snapshot -> assertThat(snapshot.day()).isEqualTo(TODAY.minusDays(1)));
              assertThat(
                      count("SELECT count(*) FROM control.platform_metric WHERE period = 'YEARLY'"))
                  .isPositive();
            });
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> schedule.describe().getInfo().getRunningActions().isEmpty());
    String rows = "SELECT count(*) FROM control.platform_metric";
    long recorded = count(rows);
    long runs = schedule.describe().getInfo().getNumActions();
    schedule.trigger();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                schedule.describe().getInfo().getNumActions() > runs
                    && schedule.describe().getInfo().getRunningActions().isEmpty());
    assertThat(count(rows)).isEqualTo(recorded);
    assertThat(real.control.snapshots.revisions(TODAY.minusDays(1))).hasSize(1);
  }

  @Test
  @DisplayName("AN-6: months that an operator has rebuilt are right again, verified, and cleared")
  void rebuild() {
    real.database
        .as("control_owner")
        .transaction(
            tx ->
                tx.handle()
                    .execute(
                        "UPDATE control.market_month SET gross_volume = gross_volume + 1 WHERE bucket = ?",
                        LAST.atDay(1).atStartOfDay()));
    UUID id = UUID.randomUUID();
    real.control.rebuilds.request(
        id, LAST, LAST.plusMonths(1), "a difference", new Actor("operator", null));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                RunState.of(real.connection.client(), RebuildInput.temporalId(id))
                    == RunState.CLOSED);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        count(
                            "SELECT count(*) FROM control.rollup_month_check WHERE cube = 'market' AND month = DATE '"
                                + LAST.atDay(1)
                                + "' AND verified_at IS NOT NULL AND quarantined_at IS NULL"))
                    .isEqualTo(1));
    assertThat(
            count(
                "SELECT count(*) FROM control.differences_market(DATE '%s', DATE '%s')"
                    .formatted(LAST.atDay(1), LAST.plusMonths(1).atDay(1))))
        .isZero();
  }

  @Test
  @DisplayName("Schedules are mended at each start, and an operator's pause stays")
  void mends() {
    ScheduleHandle schedule = schedules.getHandle(AnalyticsVerification.SCHEDULE);
    schedule.pause("an operator looks into it");
    schedule.update(
        found ->
            new ScheduleUpdate(
                Schedule.newBuilder(found.getDescription().getSchedule())
                    .setSpec(
                        ScheduleSpec.newBuilder().setCronExpressions(List.of("0 0 1 1 *")).build())
                    .build()));
    AnalyticsSchedules.ensure(real.connection.client());
    Schedule mended = schedule.describe().getSchedule();
    assertThat(mended.getSpec().getIntervals())
        .singleElement()
        .satisfies(interval -> assertThat(interval.getEvery()).isEqualTo(Duration.ofMinutes(1)));
    assertThat(mended.getState().isPaused()).isTrue();
    schedule.unpause();
  }
}

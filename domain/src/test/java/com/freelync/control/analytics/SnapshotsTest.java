package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.alert.MovableClock;
import com.freelync.control.analytics.Snapshots.Taken;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Json;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.sandbox.marketplace.generator.GeneratorSettings;
import com.freelync.control.sandbox.marketplace.generator.MarketplaceGenerator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("AN-7: what was recorded of days and of closed periods")
class SnapshotsTest {
  private static final Actor ANALYST = new Actor("analyst", null);
  private static final LocalDate DAY = LocalDate.of(2026, 1, 20);

  private TestDatabase database;
  private MovableClock clock;
  private ControlCenter control;

  @BeforeEach
  void load() {
    database = TestDatabase.create();
    MarketplaceGenerator.load(
        database.as("marketplace_app").dataSource(),
        new GeneratorSettings(1_000, 7, LocalDate.of(2026, 2, 1)),
        table -> {});
    clock = new MovableClock();
    clock.set(Instant.parse("2026-01-31T21:10:00Z"));
    control = new ControlCenter(database.as("control_worker"), clock);
    new Rollups(database.as("control_worker")).rebuildDoubted();
    new ActivitySets(database.as("control_worker")).makeAll();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void refundOne(LocalDate day) {
    int refunded =
        database
            .as("marketplace_app")
            .transaction(
                tx ->
                    tx.handle()
                        .createUpdate(
                            """
                            UPDATE marketplace.transactions SET refunded_amount = refunded_amount + 1, refunded_at = now()
                             WHERE id = (SELECT id FROM marketplace.transactions
                                          WHERE completed_at >= :from AND completed_at < :to
                                            AND refunded_amount + 1 <= amount ORDER BY id LIMIT 1)
                            """)
                        .bind("from", BusinessTime.instant(day.atStartOfDay()))
                        .bind("to", BusinessTime.instant(day.plusDays(1).atStartOfDay()))
                        .execute());
    assertThat(refunded).isEqualTo(1);
  }

  private static BigDecimal volume(Snapshot snapshot) {
    return (BigDecimal) Json.readObject(snapshot.metricsJson()).get("gross_volume");
  }

  @Test
  @DisplayName("AN-7: taking a day twice is one snapshot; a late correction is a new revision")
  void revisions() {
    Taken first = control.snapshots.take(DAY, ANALYST);
    Taken again = control.snapshots.take(DAY, new Actor("admin", null));
    assertThat(first.isNew()).isTrue();
    assertThat(again.isNew()).isFalse();
    assertThat(again.snapshot()).isEqualTo(first.snapshot());
    assertThat(first.snapshot().isComplete()).isTrue();

    refundOne(DAY);
    Taken corrected = control.snapshots.take(DAY, ANALYST);
    assertThat(corrected.snapshot().revision()).isEqualTo(2);
    assertThat(volume(corrected.snapshot()))
        .isEqualByComparingTo(volume(first.snapshot()).subtract(BigDecimal.ONE));
    assertThat(control.snapshots.revisions(DAY))
        .extracting(Snapshot::revision)
        .containsExactly(2, 1);
    assertThat(control.snapshots.list(DAY, DAY.plusDays(1), 10))
        .containsExactly(corrected.snapshot());
    assertThat(control.audit.actionsOn(corrected.snapshot().id().toString()))
        .containsExactly("analytics.snapshot");
  }

  @RepeatedTest(5)
  @DisplayName("AN-7: eight people who take a day at once have one snapshot")
  void atOnce() throws Exception {
    try (ExecutorService people = Executors.newFixedThreadPool(8)) {
      List<Callable<Taken>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Actor actor = new Actor("person" + i, null);
        all.add(() -> control.snapshots.take(DAY, actor));
      }
      List<Taken> taken = new ArrayList<>();
      for (Future<Taken> one : people.invokeAll(all)) {
        taken.add(one.get());
      }
      assertThat(taken).filteredOn(Taken::isNew).hasSize(1);
      assertThat(taken).extracting(Taken::snapshot).containsOnly(taken.getFirst().snapshot());
    }
  }

  @Test
  @DisplayName(
      "AN-7: the schedule makes up for missed days, revises what was corrected, and resumes")
  void schedule() {
    clock.set(Instant.parse("2026-01-20T21:10:00Z"));
    assertThat(control.snapshots.takeDue(null, day -> {})).isEqualTo(1);
    assertThat(control.snapshots.takeDue(null, day -> {})).isZero();
    assertThat(control.snapshots.latest().orElseThrow().day()).isEqualTo(DAY);

    clock.set(Instant.parse("2026-01-25T21:10:00Z"));
    refundOne(DAY);
    List<LocalDate> done = new ArrayList<>();
    assertThat(control.snapshots.takeDue(LocalDate.of(2026, 1, 22), done::add)).isEqualTo(3);
    assertThat(done).first().isEqualTo(LocalDate.of(2026, 1, 23));
    assertThat(control.snapshots.takeDue(null, day -> {})).isEqualTo(1);
    assertThat(control.snapshots.revisions(DAY)).hasSize(2);
    assertThat(control.snapshots.latest().orElseThrow().takenBy()).isEqualTo("schedule");
  }

  private List<BigDecimal> recorded(String period, String start, String metric, String part) {
    return database
        .as("control_worker")
        .read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT value FROM control.platform_metric
                         WHERE period = :period AND period_start = CAST(:start AS timestamp)
                           AND metric = :metric AND dimensions = CAST(:part AS jsonb)
                         ORDER BY revision
                        """)
                    .bind("period", period)
                    .bind("start", start)
                    .bind("metric", metric)
                    .bind("part", part)
                    .mapTo(BigDecimal.class)
                    .list());
  }

  private BigDecimal asked(LocalDate from, LocalDate to, String category) {
    return control.analytics.read(
        reading ->
            reading
                .answer(
                    Question.total(
                            Set.of(Metric.GROSS_VOLUME), from.atStartOfDay(), to.atStartOfDay())
                        .by(List.of(Dimension.CATEGORY)))
                .stream()
                .filter(row -> category.equals(row.group().get(Dimension.CATEGORY)))
                .findFirst()
                .orElseThrow()
                .value(Metric.GROSS_VOLUME));
  }

  @Test
  @DisplayName("AN-6 AN-7: closed periods are recorded once, and a correction as the next revision")
  void closedPeriods() {
    List<String> done = new ArrayList<>();
    assertThat(control.platformMetrics.recordDue(List.of(), done::add)).isPositive();
    assertThat(control.platformMetrics.recordDue(List.of(), name -> {})).isZero();
    assertThat(control.platformMetrics.recordDue(done, name -> {})).isZero();
    BigDecimal january = asked(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1), "property");
    String property = "{\"category\": \"property\"}";
    assertThat(recorded("MONTHLY", "2026-01-01", "gross_volume", property))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(january);
    // The day, month and week that run are not over, so they are not there.
    assertThat(recorded("DAILY", "2026-02-01", "gross_volume", "{}")).isEmpty();
    assertThat(recorded("MONTHLY", "2026-02-01", "gross_volume", "{}")).isEmpty();
    assertThat(recorded("WEEKLY", "2026-01-26", "gross_volume", "{}")).isEmpty();
    assertThat(recorded("WEEKLY", "2026-01-19", "gross_volume", "{}")).hasSize(1);
    assertThat(recorded("YEARLY", "2025-01-01", "gross_volume", "{}")).hasSize(1);
    assertThat(recorded("HOURLY", "2026-01-31 13:00", "gross_volume", "{}")).hasSize(1);

    refundOne(DAY);
    assertThat(control.platformMetrics.recordDue(List.of(), name -> {})).isPositive();
    List<BigDecimal> days = recorded("DAILY", DAY.toString(), "gross_volume", "{}");
    assertThat(days).hasSize(2);
    assertThat(days.get(0).subtract(days.get(1))).isEqualByComparingTo(BigDecimal.ONE);
  }

  @Test
  @DisplayName("AN-6: a part that is gone is recorded as nothing, and a rate of nothing as null")
  void goneParts() {
    control.platformMetrics.recordDue(List.of(), name -> {});
    List<BigDecimal> before =
        recorded("MONTHLY", "2026-01-01", "sold_listings", "{\"category\": \"vehicle\"}");
    assertThat(before).hasSize(1);
    database
        .as("marketplace_app")
        .transaction(
            tx -> tx.handle().execute("UPDATE marketplace.listings SET category = 'property'"));
    clock.set(clock.instant().plusSeconds(60));
    control.platformMetrics.recordDue(List.of(), name -> {});
    assertThat(recorded("MONTHLY", "2026-01-01", "sold_listings", "{\"category\": \"vehicle\"}"))
        .last()
        .usingComparator(BigDecimal::compareTo)
        .isEqualTo(BigDecimal.ZERO);
    assertThat(
            recorded("MONTHLY", "2026-01-01", "dispute_rate", "{\"category\": \"vehicle\"}")
                .getLast())
        .isNull();
  }
}

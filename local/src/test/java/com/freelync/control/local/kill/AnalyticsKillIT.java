package com.freelync.control.local.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.analytics.AnalyticsVerification;
import com.freelync.control.analytics.MarketplaceUnderChange;
import com.freelync.control.analytics.RebuildInput;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Database;
import com.freelync.control.local.kill.Fleet.Victim;
import com.freelync.control.sandbox.marketplace.generator.GeneratorSettings;
import com.freelync.control.sandbox.marketplace.generator.MarketplaceGenerator;
import com.freelync.control.temporal.RunState;
import io.temporal.client.schedules.ScheduleClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} of the workers, the APIs and PostgreSQL in the middle of folding, verifying and
 * rebuilding, while the marketplace changes. That it is the middle is made so: a lock of the test
 * holds the statement, and the kill comes while it waits.
 */
@Tag("system")
@DisplayName("AN-6: metrics stay exact through kills")
class AnalyticsKillIT {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final LocalDate UNTIL = LocalDate.now(ZoneId.of("Africa/Addis_Ababa"));
  private static final Victim[] VICTIMS = {Victim.WORKER, Victim.POSTGRES, Victim.API};

  /** What is under way, how its statement is called, and what it waits for. */
  enum Work {
    FOLDING("control.fold_", "LOCK TABLE control.market_hour IN EXCLUSIVE MODE"),
    VERIFYING("control.differences_", "LOCK TABLE control.market_day IN ACCESS EXCLUSIVE MODE"),
    REBUILDING("control.rebuild_", "LOCK TABLE control.market_day IN EXCLUSIVE MODE");

    private final String statement;
    private final String lock;

    Work(String statement, String lock) {
      this.statement = statement;
      this.lock = lock;
    }
  }

  @TempDir static Path directory;
  private static Fleet fleet;
  private static Database owner;
  private static Database observer;
  private static ScheduleClient schedules;

  @BeforeAll
  static void start() {
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
    fleet = new Fleet(directory);
    owner = fleet.pool("control_owner");
    observer = fleet.pool("postgres");
    MarketplaceGenerator.load(
        fleet.pool("marketplace_app").dataSource(),
        new GeneratorSettings(3_000, 7, UNTIL),
        table -> {});
    schedules = ScheduleClient.newInstance(fleet.temporalClient.client().getWorkflowServiceStubs());
    settle();
  }

  @AfterAll
  static void stop() {
    fleet.close();
    Awaitility.reset();
  }

  static Stream<Arguments> three() {
    return rounds(3);
  }

  static Stream<Arguments> twenty() {
    return rounds(20);
  }

  /** Every kind of work with every victim, in turns. */
  private static Stream<Arguments> rounds(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Arguments.of(Work.values()[i % 3], VICTIMS[(i + i / 3) % 3], i));
  }

  @ParameterizedTest(name = "{0}, {1} killed")
  @MethodSource("three")
  void staysExact(Work work, Victim victim, int round) throws Exception {
    kill(work, victim, round);
  }

  @Tag("nightly")
  @ParameterizedTest(name = "{0}, {1} killed ({2})")
  @MethodSource("twenty")
  void staysExactTwentyTimes(Work work, Victim victim, int round) throws Exception {
    kill(work, victim, round);
  }

  private static void kill(Work work, Victim victim, int round) throws Exception {
    long seed = System.nanoTime() + round;
    UUID rebuild = null;
    try (MarketplaceUnderChange marketplace =
        new MarketplaceUnderChange(fleet.pool("marketplace_app"), UNTIL, seed)) {
      CountDownLatch isOver = new CountDownLatch(1);
      try (ExecutorService holder = Executors.newSingleThreadExecutor()) {
        holder.submit(() -> hold(work.lock, isOver));
        if (work == Work.REBUILDING) {
          YearMonth month = YearMonth.from(UNTIL);
          rebuild = UUID.randomUUID();
          fleet.control.rebuilds.request(
              rebuild,
              month.minusMonths(15),
              month.plusMonths(1),
              "kill test",
              new Actor("kill-test", null));
        } else if (work == Work.VERIFYING) {
          // Months that were never verified are due at once.
          owner.transaction(
              tx ->
                  tx.handle().execute("UPDATE control.rollup_month_check SET verified_at = NULL"));
          schedules.getHandle(AnalyticsVerification.SCHEDULE).trigger();
        }
        await()
            .atMost(LONG)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> isWaiting(work.statement));
        fleet.killAll(victim);
        isOver.countDown();
      }
      fleet.awaitReady();
      long before = marketplace.changes();
      await().atMost(LONG).until(() -> marketplace.changes() > before + 50);
    }
    if (rebuild != null) {
      String id = RebuildInput.temporalId(rebuild);
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(250))
          .until(() -> RunState.of(fleet.temporalClient.client(), id) == RunState.CLOSED);
    }
    settle();
    MarketplaceUnderChange.assertExact(owner, UNTIL, 15, seed);
    assertThat(count("SELECT count(*) FROM control.rollup_mismatch")).isZero();
    assertThat(
            count(
                "SELECT count(*) FROM control.rollup_month_check WHERE quarantined_at IS NOT NULL"))
        .isZero();
  }

  /** Holds the lock until the kill; where PostgreSQL is killed it is gone with it. */
  private static void hold(String lock, CountDownLatch isOver) {
    try {
      owner.transaction(
          transaction -> {
            transaction.handle().execute("SET LOCAL lock_timeout = 0");
            transaction.handle().execute(lock);
            try {
              return isOver.await(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              return false;
            }
          });
    } catch (JdbiException e) {
      // PostgreSQL was killed.
    }
  }

  private static boolean isWaiting(String statement) {
    return observer.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (SELECT FROM pg_stat_activity
                                    WHERE usename = 'control_worker' AND wait_event_type = 'Lock'
                                      AND query LIKE '%' || :statement || '%')
                    """)
                .bind("statement", statement)
                .mapTo(Boolean.class)
                .one());
  }

  /** All is folded, nothing is doubted, and every day has its sets of users. */
  private static void settle() {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              for (String nothing :
                  List.of(
                      "SELECT count(*) FROM control.market_delta",
                      "SELECT count(*) FROM control.people_delta",
                      "SELECT count(*) FROM control.activity_stale",
                      "SELECT count(*) FROM control.analytics_cube WHERE doubted_at IS NOT NULL")) {
                assertThat(count(nothing)).as(nothing).isZero();
              }
            });
  }

  private static long count(String sql) {
    return owner.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}

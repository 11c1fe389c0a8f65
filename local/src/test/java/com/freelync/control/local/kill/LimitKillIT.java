package com.freelync.control.local.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.automation.safety.TestLimits;
import com.freelync.control.database.Database;
import com.freelync.control.local.kill.Fleet.Victim;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two worker processes approve against the limits of an action, and are killed meanwhile. */
@Tag("system")
class LimitKillIT {
  private static final Actor ADMIN = new Actor("admin", "kill-test");
  private static final int RUNS = 64;
  private static final int MOST_PER_HOUR = 50;
  private static final BigDecimal MOST_AMOUNT = new BigDecimal(100_000);
  private static final Duration LONG = Duration.ofSeconds(120);

  @TempDir static Path directory;
  private static Fleet fleet;
  private static Database owner;
  private static Database marketplace;

  @BeforeAll
  static void start() {
    // The mail server of the test loses connections to the workers that are killed.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
    fleet =
        new Fleet(
            directory,
            control -> TestLimits.payouts(control, MOST_PER_HOUR, MOST_AMOUNT.intValueExact()));
    owner = fleet.pool("control_owner");
    marketplace = fleet.pool("marketplace_app");
  }

  @AfterAll
  static void stop() {
    fleet.close();
    Awaitility.reset();
  }

  /** What is approved, as the source has it; at most so many in one hour. */
  public record Approved(int count, int mostInAnHour, BigDecimal amount) {}

  /** What is reserved of the limits. */
  public record Reserved(int count, BigDecimal amount) {}

  @Test
  @DisplayName("AU-9: 64 runs, two workers, kills: neither 50 an hour nor 100,000 ETB are exceeded")
  void neverExceeded() throws Exception {
    trial(new Random(7), 1_000, 4_900);
  }

  @Tag("nightly")
  @RepeatedTest(value = 50, name = "{currentRepetition} of {totalRepetitions}")
  @DisplayName("AU-9: the limits are held through kills, again and again")
  void neverEverExceeded() throws Exception {
    Random random = new Random();
    int least = 50 + random.nextInt(1_500);
    trial(random, least, least + 100 + random.nextInt(3_000));
  }

  private static void trial(Random random, int least, int most) throws Exception {
    List<UUID> payouts = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      String amount = random.nextInt(least, most) + "." + (10 + random.nextInt(90));
      payouts.add(fleet.marketplace.payout(fleet.marketplace.goodSeller(), amount));
    }
    AtomicBoolean isOver = new AtomicBoolean();
    try (Load load = new Load(fleet);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Integer> watch = threads.submit(() -> watch(payouts, isOver));
      Future<?> sent = threads.submit(() -> load.sendAll(payouts));
      for (int kill = 0; kill < 2; kill++) {
        int enough = 5 + 10 * kill;
        await()
            .atMost(LONG)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> approved(payouts).count() >= enough);
        fleet.kill(Victim.WORKER, fleet.workers.get(kill).pid());
      }
      sent.get();
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .until(() -> isSettled(load, payouts));
      isOver.set(true);
      assertThat(watch.get()).as("looks").isGreaterThan(10);
      assertExact(payouts);
      forget(load, payouts);
    }
  }

  /** Reads the source as fast as it can. */
  private static int watch(List<UUID> payouts, AtomicBoolean isOver) {
    int looks = 0;
    while (!isOver.get()) {
      assertWithin(approved(payouts));
      looks++;
    }
    return looks;
  }

  private static void assertWithin(Approved approved) {
    assertThat(approved.mostInAnHour()).isLessThanOrEqualTo(MOST_PER_HOUR);
    assertThat(approved.amount()).isLessThanOrEqualTo(MOST_AMOUNT);
  }

  private static Approved approved(List<UUID> payouts) {
    return marketplace.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(sum(n), 0)::int AS count, coalesce(max(n), 0)::int AS most_in_an_hour,
                           coalesce(sum(etb), 0) AS amount
                      FROM (SELECT count(*) AS n, sum(amount) AS etb FROM marketplace.payouts
                             WHERE id = ANY (:ids) AND status NOT IN ('REQUESTED', 'REJECTED')
                             GROUP BY date_trunc('hour', decided_at)) hours
                    """)
                .bindArray("ids", UUID.class, payouts)
                .mapTo(Approved.class)
                .one());
  }

  /** Everything is done that may be, and the rest waits for its limit. */
  private static boolean isSettled(Load load, List<UUID> payouts) {
    int over = 0;
    for (UUID payout : payouts) {
      ExecutionRow run = run(load, payout);
      over += run.finishedAt() != null ? 1 : 0;
    }
    int open = over;
    return owner.read(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM control.execution_wait")
                    .mapTo(Integer.class)
                    .one())
        == payouts.size() - open;
  }

  private static ExecutionRow run(Load load, UUID payout) {
    return load.executions(payout)
        .filter(row -> row.workflowName().equals("Auto-approve low-risk payouts"))
        .findFirst()
        .orElseThrow();
  }

  private static void assertExact(List<UUID> payouts) {
    Approved approved = approved(payouts);
    assertWithin(approved);
    Reserved reserved =
        owner.read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT count(*)::int AS count, coalesce(sum(amount), 0) AS amount
                          FROM control.limit_reservation WHERE released_at IS NULL
                        """)
                    .mapTo(Reserved.class)
                    .one());
    assertThat(reserved.count()).isEqualTo(approved.count());
    assertThat(reserved.amount()).isEqualByComparingTo(approved.amount());
    // As much as fits was done.
    assertThat(
            approved.mostInAnHour() == MOST_PER_HOUR
                || approved.amount().compareTo(new BigDecimal(95_000)) > 0)
        .as("%s", approved)
        .isTrue();
  }

  /** Nothing of a trial is left to the next one. */
  private static void forget(Load load, List<UUID> payouts) {
    for (UUID payout : payouts) {
      ExecutionRow run = run(load, payout);
      if (run.finishedAt() == null) {
        fleet.control.executions.cancel(run.id(), "the trial is over", false, ADMIN);
      }
    }
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> payouts.stream().allMatch(payout -> run(load, payout).finishedAt() != null));
    owner.transaction(
        tx ->
            tx.handle().execute("DELETE FROM control.limit_reservation")
                + tx.handle().execute("DELETE FROM control.limit_window"));
    fleet.awaitReady();
  }
}

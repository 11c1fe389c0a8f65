package com.freelync.control.automation.safety;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.Attempt;
import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.RunSteps;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.database.Transaction;
import com.freelync.control.event.PlatformEvent;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AU-9: limits of actions, held by two workers at once. */
public class LimitsTest {
  private static final int AT_ONCE = 64;
  private static final Actor SERVICE = new Actor("marketplace", "request-1");
  private static final StepPlace STEP = StepPlace.of("/actions/0");

  private TestDatabase database;
  private Marketplace marketplace;
  private ControlCenter api;
  private List<ControlCenter> workers;

  /** What is approved, as the source has it. */
  public record Approved(int count, BigDecimal amount) {}

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    ControlCenter.installSamples(database.as("control_owner"), Clock.systemUTC());
    marketplace = new Marketplace(database);
    api = new ControlCenter(database.as("control_api"), Clock.systemUTC());
    workers =
        List.of(
            new ControlCenter(database.as("control_worker"), Clock.systemUTC()),
            new ControlCenter(database.as("control_worker"), Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private UUID execution(String amount) {
    UUID payout = marketplace.payout(marketplace.goodSeller(), amount);
    api.events.accept(
        List.of(
            new PlatformEvent(
                "/marketplace",
                UUID.randomUUID().toString(),
                "payout.requested",
                null,
                null,
                Map.of("payout_id", payout.toString()))),
        SERVICE);
    return api
        .executions
        .list(ExecutionFilter.ofEntity("payout", payout.toString()), Cursor.START, 10)
        .stream()
        .filter(row -> row.workflowName().equals("Auto-approve low-risk payouts"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static Attempt approve(ControlCenter worker, UUID execution) {
    worker.runs.begin(execution);
    return worker.runSteps.perform(new RunSteps.Asked(execution, STEP, Map.of(), 1, "test"));
  }

  private <T extends Record> T one(String sql, Class<T> type) {
    return database.as("control_owner").read(handle -> handle.createQuery(sql).mapTo(type).one());
  }

  private Approved approved() {
    return one(
        """
        SELECT count(*)::int AS count, coalesce(sum(amount), 0) AS amount
          FROM marketplace.payouts WHERE status = 'APPROVED'
        """,
        Approved.class);
  }

  private Approved reserved() {
    return one(
        """
        SELECT count(*)::int AS count, coalesce(sum(amount), 0) AS amount
          FROM control.limit_reservation WHERE released_at IS NULL
        """,
        Approved.class);
  }

  private BigDecimal used(String measure) {
    return api.safeguards.limits().stream()
        .filter(limit -> limit.action().equals("approve_payout") && limit.measure().equals(measure))
        .findFirst()
        .orElseThrow()
        .used();
  }

  @ParameterizedTest(name = "AU-9: payouts of {0} to {1} ETB at once, by two workers")
  @CsvSource({"2000, 5000", "100, 1500"})
  @DisplayName("AU-9: neither 50 an hour nor 100,000 ETB are exceeded, at any instant")
  void neverExceeded(int least, int most) throws Exception {
    Random random = new Random(least);
    List<UUID> executions = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      executions.add(execution(random.nextInt(least, most) + "." + (10 + random.nextInt(90))));
    }
    AtomicBoolean isOver = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE + 1)) {
      Future<Integer> watch = threads.submit(() -> watch(isOver));
      List<Callable<Attempt>> calls = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        ControlCenter worker = workers.get(i % 2);
        UUID execution = executions.get(i);
        calls.add(() -> approve(worker, execution));
      }
      int done = 0;
      for (Future<Attempt> call : threads.invokeAll(calls)) {
        done += call.get() instanceof Attempt.Done ? 1 : 0;
      }
      isOver.set(true);
      assertThat(watch.get()).as("looks").isPositive();
      assertThat(done).isEqualTo(approved().count());
    }
    Approved approved = approved();
    assertThat(reserved()).isEqualTo(approved);
    assertThat(used("count")).isEqualByComparingTo(String.valueOf(approved.count()));
    assertThat(used("amount")).isEqualByComparingTo(approved.amount());
    // As much as fits was done: the smallest that waits does not fit any more, or 50 are done.
    assertThat(approved.count() == 50 || approved.amount().compareTo(new BigDecimal(95_000)) > 0)
        .as("%s", approved)
        .isTrue();

    // Everything once more, as after a crash: nothing more is taken.
    executions.forEach(execution -> approve(workers.get(0), execution));
    assertThat(approved().count()).isGreaterThanOrEqualTo(approved.count());
    assertThat(reserved()).isEqualTo(approved());
    assertWithin(approved());
  }

  private int watch(AtomicBoolean isOver) {
    int looks = 0;
    while (!isOver.get()) {
      assertWithin(approved());
      looks++;
    }
    return looks;
  }

  private static void assertWithin(Approved approved) {
    assertThat(approved.count()).isLessThanOrEqualTo(50);
    assertThat(approved.amount()).isLessThanOrEqualTo(new BigDecimal(100_000));
  }

  @Test
  @DisplayName("AU-9: what did not happen gives back what it took, and takes it again once only")
  void givesBack() {
    UUID execution = execution("300");
    ControlCenter worker = workers.get(0);
    assertThat(approve(worker, execution)).isInstanceOf(Attempt.Done.class);
    ActionLimiter limiter = new ActionLimiter(Clock.systemUTC());
    Call call =
        new Call(
            execution,
            STEP,
            0,
            UUID.randomUUID(),
            "approve_payout",
            worker.catalog.limits("approve_payout"),
            ActionLimits.NONE,
            false,
            true);
    ActionGates gates = new ActionGates(limiter, new Breakers(worker.alerts, Clock.systemUTC()));
    for (int round = 0; round < 3; round++) {
      change(tx -> limiter.release(tx, execution, STEP.path(), STEP.item()));
      change(tx -> limiter.release(tx, execution, STEP.path(), STEP.item()));
      assertThat(used("count")).isZero();
      assertThat(used("amount")).isZero();
      change(tx -> gates.reserve(tx, call, gates.open(tx, call), new BigDecimal(300)));
      change(tx -> gates.reserve(tx, call, gates.open(tx, call), new BigDecimal(300)));
      assertThat(used("count")).isEqualByComparingTo("1");
      assertThat(used("amount")).isEqualByComparingTo("300");
    }
  }

  private void change(Consumer<Transaction> work) {
    database
        .as("control_worker")
        .transaction(
            transaction -> {
              work.accept(transaction);
              return work;
            });
  }

  @Test
  @DisplayName(
      "AU-9: who came first goes first when a limit is raised, and nobody is rung for twice")
  void letsTheFirstGoFirst() {
    change(
        tx ->
            tx.handle()
                .execute(
                    "INSERT INTO control.limit_window VALUES ('approve_payout', '', 'COUNT_PER_HOUR', ?, 50)",
                    LimitMeasure.COUNT_PER_HOUR.start(Clock.systemUTC().instant())));
    List<UUID> executions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      executions.add(execution("300"));
      assertThat(approve(workers.get(0), executions.get(i))).isInstanceOf(Attempt.Waits.class);
    }
    workers.get(0).stepWaits.run();
    assertThat(rung()).isEmpty();
    change(tx -> tx.handle().execute("UPDATE control.limit_window SET used = 48"));
    workers.get(0).stepWaits.run();
    workers.get(1).stepWaits.run();
    assertThat(rung()).containsExactlyElementsOf(executions.subList(0, 2));
    assertThat(approve(workers.get(1), execution("100"))).isInstanceOf(Attempt.Waits.class);
    assertThat(approve(workers.get(1), executions.get(2))).isInstanceOf(Attempt.Waits.class);
    assertThat(approve(workers.get(1), executions.get(1))).isInstanceOf(Attempt.Done.class);
    assertThat(approve(workers.get(0), executions.get(0))).isInstanceOf(Attempt.Done.class);
    assertThat(approve(workers.get(1), executions.get(2))).isInstanceOf(Attempt.Waits.class);
  }

  private List<UUID> rung() {
    return database
        .as("control_owner")
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT execution_id FROM control.execution_wait WHERE rung_at IS NOT NULL ORDER BY since")
                    .mapTo(UUID.class)
                    .list());
  }
}

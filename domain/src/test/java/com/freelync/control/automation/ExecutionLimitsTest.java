package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.audit.Actor;
import com.freelync.control.event.PlatformEvent;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Limits of executions, with a clock that a test moves. */
class ExecutionLimitsTest {
  private static final Actor ADMIN = new Actor("admin", "request-1");
  private ActionFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ActionFixture();
    fixture.clock.set(Instant.parse("2026-03-10T06:30:00Z"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private UUID automation(String trigger, String mode) {
    UUID id = UUID.randomUUID();
    Map<String, Object> document = new HashMap<>();
    document.put("name", trigger);
    document.put("trigger", trigger);
    document.put("actions", List.of("take_snapshot"));
    document.put("status", "ACTIVE");
    if (!mode.isEmpty()) {
      document.put("mode", mode);
    }
    fixture.api.automations.create(id, document, ADMIN);
    return id;
  }

  private void limit(ExecutionLimit limit, int most) {
    fixture
        .database
        .as("control_owner")
        .transaction(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        "INSERT INTO control.limit_window (action, scope, measure, starts_at, used)"
                            + " VALUES (?, '', 'COUNT_PER_HOUR', ?::timestamptz, ?)",
                        limit.wireName(),
                        "2026-03-10T06:00:00Z",
                        limit.standard() - most));
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

  private void event(UUID payout) {
    fixture.api.events.accept(
        List.of(
            new PlatformEvent(
                "/marketplace",
                UUID.randomUUID().toString(),
                "payout.requested",
                null,
                null,
                Map.of("payout_id", payout.toString()))),
        new Actor("marketplace", null));
  }

  private long owed() {
    return fixture.count(
        "SELECT count(DISTINCT key) FROM control.outbox WHERE topic = 'automation.run'");
  }

  private long waiting(String waitsFor) {
    return fixture.count(
        "SELECT count(*) FROM control.execution_queue WHERE waits_for = '" + waitsFor + "'");
  }

  /** Lets the messages of turns arrive. */
  private void deliver() {
    fixture
        .database
        .as("control_owner")
        .read(
            handle ->
                handle
                    .select(
                        "SELECT DISTINCT key::uuid FROM control.outbox WHERE topic = 'automation.turn'")
                    .mapTo(UUID.class)
                    .list())
        .forEach(fixture.worker.turns::next);
  }

  @Test
  @DisplayName(
      "AU-9: of 64 executions at once a person has 60 in an hour; the rest are told when to come again")
  void byHand() throws Exception {
    UUID automation = automation("manual", "");
    List<Object> ends =
        atOnce(
            64,
            () -> {
              try {
                return fixture
                    .api
                    .executions
                    .execute(UUID.randomUUID(), automation, Map.of(), null, ADMIN)
                    .row()
                    .status();
              } catch (RequestRefused.TooMany full) {
                return full.next();
              }
            });
    assertThat(ends.stream().filter(String.class::isInstance)).hasSize(60);
    assertThat(ends.stream().filter(Duration.class::isInstance))
        .hasSize(4)
        .containsOnly(Duration.ofMinutes(30));
    assertThat(fixture.count("SELECT count(*) FROM control.workflow_execution")).isEqualTo(60);
    fixture.api.executions.execute(
        UUID.randomUUID(), automation, Map.of(), null, new Actor("operator", null));
    fixture.clock.forward(Duration.ofMinutes(30));
    fixture.api.executions.execute(UUID.randomUUID(), automation, Map.of(), null, ADMIN);
  }

  @Test
  @DisplayName(
      "AU-9 AU-14: of 64 events at once those over the limit wait, and begin in order as the hour turns")
  void byEvents() throws Exception {
    automation("event: payout.requested", "");
    limit(ExecutionLimit.EVENT, 20);
    UUID payout = fixture.marketplace.payout(fixture.marketplace.goodSeller(), "10.00");
    atOnce(
        64,
        () -> {
          event(payout);
          return payout;
        });
    assertThat(owed()).isEqualTo(20);
    assertThat(waiting("LIMIT")).isEqualTo(44);
    fixture.worker.turns.run();
    assertThat(waiting("LIMIT")).as("the hour is not over").isEqualTo(44);
    fixture.clock.forward(Duration.ofMinutes(31));
    event(payout);
    assertThat(waiting("LIMIT")).as("who comes now waits behind them").isEqualTo(45);
    atOnce(
        4,
        () -> {
          fixture.worker.turns.run();
          return payout;
        });
    deliver();
    assertThat(waiting("LIMIT") + waiting("SLOT")).isZero();
    assertThat(owed()).isEqualTo(65);
    assertThat(
            fixture.count(
                "SELECT used FROM control.limit_window WHERE action = 'executions.event' AND starts_at = '2026-03-10T07:00:00Z'"))
        .isEqualTo(45);
  }

  @Test
  @DisplayName("AU-9 AU-15: who waited for the hour waits for his turn afterwards")
  void thenItsTurn() {
    automation("event: payout.requested", "queued");
    limit(ExecutionLimit.EVENT, 1);
    UUID payout = fixture.marketplace.payout(fixture.marketplace.goodSeller(), "10.00");
    for (int i = 0; i < 3; i++) {
      event(payout);
    }
    deliver();
    assertThat(owed()).isEqualTo(1);
    assertThat(waiting("LIMIT")).isEqualTo(2);
    fixture.clock.forward(Duration.ofHours(1));
    fixture.worker.turns.run();
    deliver();
    assertThat(owed()).isEqualTo(1);
    assertThat(waiting("SLOT")).isEqualTo(2);
  }

  @Test
  @DisplayName("AU-9: what starts nothing takes nothing of the limit")
  void countsWhatRuns() {
    UUID id = UUID.randomUUID();
    fixture.api.automations.create(
        id,
        Map.of(
            "name", "Large only",
            "trigger", "event: payout.requested",
            "conditions", List.of(Map.of("field", "amount", "operator", "gt", "value", 1000)),
            "actions", List.of("take_snapshot"),
            "status", "ACTIVE"),
        ADMIN);
    event(fixture.marketplace.payout(fixture.marketplace.goodSeller(), "10.00"));
    assertThat(fixture.count("SELECT count(*) FROM control.workflow_execution")).isEqualTo(1);
    assertThat(fixture.count("SELECT count(*) FROM control.limit_window")).isZero();
  }

  @Test
  @DisplayName("AU-9: the clock starts an automation 60 times an hour; another one has its own 60")
  void byTheClock() {
    UUID often = automation("cron: * * * * *", "");
    UUID seldom = automation("cron: 0 * * * *", "");
    ControlTicks.record(fixture, often, 70);
    ControlTicks.record(fixture, seldom, 3);
    assertThat(owed()).isEqualTo(63);
    assertThat(waiting("LIMIT")).isEqualTo(10);
  }

  /** Instants of the clock, as a worker records them. */
  private static final class ControlTicks {
    static void record(ActionFixture fixture, UUID automation, int count) {
      fixture
          .database
          .as("control_worker")
          .transaction(
              transaction -> {
                ActiveAutomation found =
                    new ActiveAutomations(new StoredDefinitions())
                        .find(transaction.handle(), automation)
                        .orElseThrow();
                fixture.worker.triggers.ticks.record(
                    transaction,
                    found,
                    IntStream.range(0, count)
                        .mapToObj(i -> Instant.parse("2026-03-10T05:00:00Z").plusSeconds(60L * i))
                        .toList(),
                    CronTicks.CLOCK,
                    null);
                return automation;
              });
    }
  }
}

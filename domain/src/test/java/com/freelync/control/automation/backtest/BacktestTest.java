package com.freelync.control.automation.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** AU-8: definitions tried on the past. */
class BacktestTest {
  private static final Actor ADMIN = new Actor("admin", "request-1");
  private static final Instant MARCH = Instant.parse("2026-03-02T06:00:00Z");
  private static final Map<String, Object> RULE = rule("approve_payout", 5000);

  private TestDatabase database;
  private Marketplace marketplace;
  private ControlCenter api;
  private ControlCenter worker;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    marketplace = new Marketplace(database);
    api = new ControlCenter(database.as("control_api"), Clock.systemUTC());
    worker = new ControlCenter(database.as("control_worker"), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Map<String, Object> rule(String action, int most) {
    return Map.of(
        "name",
        "tried",
        "trigger",
        "event: payout.requested",
        "conditions",
        List.of(
            Map.of("field", "amount", "operator", "lte", "value", most),
            Map.of("field", "seller.trust_score", "operator", "gte", "value", 8)),
        "steps",
        List.of(
            action.equals("reject_payout")
                ? Map.of("action", action, "with", Map.of("reason", "a test"))
                : Map.of("action", action)));
  }

  private void change(String sql, Object... values) {
    database
        .as("marketplace_owner")
        .transaction(transaction -> transaction.handle().execute(sql, values));
  }

  /** A payout of the past that a person decided, or nobody. */
  private UUID payout(UUID seller, String amount, Instant at, @Nullable Boolean approved) {
    UUID id = marketplace.payout(seller, amount);
    change("UPDATE marketplace.payouts SET requested_at = ? WHERE id = ?", at, id);
    if (approved != null) {
      change(
          """
          UPDATE marketplace.payouts SET status = ?, decided_at = ?, decided_by = 'cfo',
                 decision_reason = 'looked at' WHERE id = ?
          """,
          approved ? "APPROVED" : "REJECTED",
          at.plusSeconds(600),
          id);
    }
    return id;
  }

  /** A seller whose trust was one thing then and is another now. */
  private UUID seller(int then, int now) {
    UUID seller = marketplace.goodSeller();
    change("UPDATE marketplace.users SET trust_score = ? WHERE id = ?", now, seller);
    change("DELETE FROM marketplace.seller_facts_history WHERE user_id = ?", seller);
    change(
        "INSERT INTO marketplace.seller_facts_history VALUES (?, ?, true, ?, false), (?, ?, true, ?, false)",
        seller,
        MARCH.minus(Duration.ofDays(30)),
        then,
        seller,
        MARCH.plus(Duration.ofDays(30)),
        now);
    return seller;
  }

  private BacktestRow start(Map<String, Object> definition, @Nullable Map<String, Object> other) {
    return api.backtests.start(
        UUID.randomUUID(),
        new Backtests.Subject(null, null, definition, other, null),
        MARCH,
        MARCH.plus(Duration.ofDays(20)),
        ADMIN);
  }

  private Report run(Map<String, Object> definition, @Nullable Map<String, Object> other) {
    UUID id = start(definition, other).id();
    while (worker.backtestWork.next(id)) {
      assertThat(api.backtests.get(id).done()).isPositive();
    }
    BacktestRow row = api.backtests.get(id);
    assertThat(row.status()).isEqualTo("COMPLETED");
    assertThat(row.done()).isEqualTo(row.total());
    return Report.of(row);
  }

  @Test
  @DisplayName("AU-8: facts are those of then, and what people decided is held against it")
  void asOfThen() {
    UUID fell = seller(9, 3);
    UUID rose = seller(3, 9);
    payout(fell, "100", MARCH.plusSeconds(1), true);
    UUID doubted = payout(fell, "200.50", MARCH.plusSeconds(2), false);
    payout(fell, "300", MARCH.plusSeconds(3), null);
    payout(rose, "400", MARCH.plusSeconds(4), true);
    payout(rose, "500", MARCH.plusSeconds(5), false);
    payout(fell, "9000", MARCH.plusSeconds(6), true);
    payout(fell, "600", MARCH.minusSeconds(1), true);
    Report.Findings found = run(RULE, null).first();
    assertThat(found.events()).isEqualTo(6);
    assertThat(found.matched()).isEqualTo(3);
    assertThat(found.amount()).isEqualByComparingTo("600.50");
    assertThat(found.agreement()).isEqualTo(new Report.Agreement(1, 0, 1, 0, 1));
    assertThat(found.leftToPeople()).isEqualTo(new Report.LeftToPeople(2, 1, 0));
    assertThat(found.disagreements())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo("approved_against_people");
              assertThat(one.entityId()).isEqualTo(doubted);
              assertThat(one.decidedBy()).isEqualTo("cfo");
              assertThat(one.reason()).isEqualTo("looked at");
              assertThat(one.conditions()).hasSize(2);
            });
  }

  @Test
  @DisplayName("AU-8 AU-9: the limits that would have been full, and when")
  void limits() {
    UUID seller = seller(9, 9);
    for (int i = 0; i < 60; i++) {
      payout(seller, "1000", MARCH.plusSeconds(i), true);
    }
    Report.Findings queued = run(RULE, null).first();
    assertThat(queued.matched()).isEqualTo(60);
    assertThat(queued.heldUp()).isEqualTo(10);
    assertThat(queued.amount()).isEqualByComparingTo("60000");
    assertThat(queued.fullWindows())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.measure()).isEqualTo("count");
              assertThat(window.startsAt()).isEqualTo(MARCH);
              assertThat(window.fullAt()).isEqualTo(MARCH.plusSeconds(50));
              assertThat(window.heldUp()).isEqualTo(10);
              assertThat(window.amount()).isEqualByComparingTo("10000");
            });
    Map<String, Object> skipping = new HashMap<>(RULE);
    skipping.put("on_limit", "skip");
    skipping.put("limits", Map.of("approve_payout", Map.of("max_total_amount", 20000)));
    Report both = run(RULE, skipping);
    assertThat(both.second().amount()).isEqualByComparingTo("20000");
    assertThat(both.second().actions().getFirst().skipped()).isEqualTo(40);
    assertThat(both.comparison().different()).isEqualTo(40);
    assertThat(both.comparison().examples()).hasSize(Tally.MOST_EXAMPLES);
  }

  @Test
  @DisplayName("AU-8: two workers on one backtest count every event once, and leave none out")
  void countsOnce() throws Exception {
    UUID seller = seller(9, 9);
    change("SET marketplace.bulk_load = on");
    change(
        """
        INSERT INTO marketplace.payouts (id, seller_id, amount, status, requested_at, updated_at)
        SELECT gen_random_uuid(), ?, 100 + i % 7, 'REQUESTED', ?::timestamptz + i / 10 * interval '1 second', now()
          FROM generate_series(0, 11999) i
        """,
        seller, MARCH);
    UUID id = start(RULE, rule("reject_payout", 103)).id();
    List<Callable<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      workers.add(
          () -> {
            int parts = 1;
            while (worker.backtestWork.next(id)) {
              parts++;
            }
            return parts;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> done : threads.invokeAll(workers)) {
        assertThat(done.get()).isPositive();
      }
    }
    BacktestRow row = api.backtests.get(id);
    assertThat(row.done()).isEqualTo(12_000);
    Report report = Report.of(row);
    assertThat(report.first().events()).isEqualTo(12_000);
    assertThat(report.first().matched()).isEqualTo(12_000);
    assertThat(report.first().agreement().notDecidedByPeople())
        .isEqualTo(12_000 - report.first().actions().getFirst().waiting());
    assertThat(report.second().matched()).isEqualTo(12_000 / 7 * 4 + 2);
    assertThat(report.comparison().different()).isEqualTo(12_000);
  }

  @Test
  @DisplayName("AU-8: one that is cancelled stops, and keeps what it found")
  void cancels() {
    payout(seller(9, 9), "100", MARCH, true);
    UUID id = start(RULE, null).id();
    assertThat(api.backtests.cancel(id, "a test", ADMIN).status()).isEqualTo("CANCELLED");
    assertThat(worker.backtestWork.next(id)).isFalse();
    assertThat(api.backtests.get(id).done()).isZero();
    assertThatThrownBy(() -> api.backtests.cancel(id, "a test", ADMIN))
        .isInstanceOf(RequestRefused.IllegalMove.class);
  }

  @Test
  @DisplayName("AU-8: what has no past, a wrong period and a wrong definition are refused")
  void refuses() {
    assertRefused(
        Map.of("name", "x", "trigger", "cron: 0 8 * * *", "actions", List.of("take_snapshot")),
        "/definition/trigger",
        "no_past");
    assertRefused(
        Map.of("name", "x", "trigger", "event: payout.requested", "actions", List.of("aprove")),
        "/definition/actions/0",
        "unknown_action");
    assertThatThrownBy(
            () ->
                api.backtests.start(
                    UUID.randomUUID(),
                    new Backtests.Subject(null, null, RULE, null, null),
                    MARCH,
                    MARCH,
                    ADMIN))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            invalid -> assertThat(invalid.errors()).extracting("field").containsExactly("/to"));
  }

  private void assertRefused(Map<String, Object> definition, String field, String code) {
    assertThatThrownBy(() -> start(definition, null))
        .isInstanceOfSatisfying(
            RequestRefused.Invalid.class,
            invalid ->
                assertThat(invalid.errors())
                    .singleElement()
                    .satisfies(
                        error -> {
                          assertThat(error.field()).isEqualTo(field);
                          assertThat(error.code()).isEqualTo(code);
                        }));
  }
}

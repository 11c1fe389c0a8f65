package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Attempt;
import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.automation.RunSteps;
import com.freelync.control.automation.Runs;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Json;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.event.PlatformEvent;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From an event to a booked payout, in the transactions of API and worker, without Temporal. */
class MainJobTest {
  private static final Actor SERVICE = new Actor("marketplace", "request-1");

  private static TestDatabase database;
  private static Marketplace marketplace;
  private static ControlCenter api;
  private static ControlCenter worker;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    ControlCenter.installSamples(database.as("control_owner"), Clock.systemUTC());
    marketplace = new Marketplace(database);
    api = new ControlCenter(database.as("control_api"), Clock.systemUTC());
    worker = new ControlCenter(database.as("control_worker"), Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static PlatformEvent requested(String id, UUID payout) {
    return new PlatformEvent(
        "/marketplace", id, "payout.requested", null, null, Map.of("payout_id", payout.toString()));
  }

  private static ExecutionRow executionOf(UUID payout) {
    List<ExecutionRow> rows = executionsOf(payout);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  /** The executions of the sample that pays by rule, newest first. */
  private static List<ExecutionRow> executionsOf(UUID payout) {
    return api
        .executions
        .list(ExecutionFilter.ofEntity("payout", payout.toString()), Cursor.START, 10)
        .stream()
        .filter(row -> row.workflowName().equals("Auto-approve low-risk payouts"))
        .toList();
  }

  private static ExecutionRow intake(UUID payout) {
    api.events.accept(List.of(requested(UUID.randomUUID().toString(), payout)), SERVICE);
    return executionOf(payout);
  }

  private static Attempt approve(ExecutionRow row) {
    worker.runs.begin(row.id());
    return worker.runSteps.perform(
        new RunSteps.Asked(row.id(), StepPlace.of("/actions/0"), Map.of(), 1, "test"));
  }

  @Test
  @DisplayName("AU-1 PO-1: a low-risk payout is approved, sent and booked")
  void paysALowRiskPayout() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "4200.00");
    ExecutionRow row = intake(payout);
    assertThat(row.status()).isEqualTo("PENDING");
    assertThat(worker.runs.begin(row.id())).isTrue();

    assertThat(approve(row)).isInstanceOf(Attempt.Done.class);
    worker.runs.finish(row.id(), "COMPLETED", null, null);
    assertThat(marketplace.status(payout)).isEqualTo("APPROVED");

    Transfer sending = worker.transfers.begin(payout, 1).transfer();
    assertThat(sending.amountSantim()).isEqualTo(420_000);
    assertThat(marketplace.status(payout)).isEqualTo("DISBURSING");
    worker.transfers.paid(payout, 1, "dsb_" + payout);
    worker.transfers.paid(payout, 1, "dsb_" + payout);

    assertThat(marketplace.status(payout)).isEqualTo("DISBURSED");
    assertThat(worker.payouts.get(payout).ledger())
        .extracting(LedgerLine::kind, LedgerLine::account, LedgerLine::amountSantim)
        .containsExactly(
            tuple("RESERVE", "seller_payable", 420_000L),
            tuple("RESERVE", "payouts_in_transit", -420_000L),
            tuple("DISBURSE", "payouts_in_transit", 420_000L),
            tuple("DISBURSE", "gateway_cash", -420_000L));
    assertThat(worker.payouts.imbalance()).isZero();
    assertThat(api.executions.get(row.id()).steps())
        .extracting("path", "status")
        .containsExactly(tuple("/actions/0", "COMPLETED"));
  }

  @Test
  @DisplayName("AU-6: a step that failed keeps the input that it was tried with")
  void keepsTheInputOfAFailedStep() {
    UUID seller = marketplace.goodSeller();
    UUID payout = marketplace.payout(seller, "4200.00");
    ExecutionRow row = intake(payout);
    worker.runs.begin(row.id());
    marketplace.suspend(seller);

    assertThat(approve(row)).isInstanceOf(Attempt.Refused.class);
    assertThat(inputs(row)).containsExactly(Map.of("payout_id", payout.toString()));

    // Used up attempts are recorded by one who knows the error alone.
    worker.runSteps.failed(
        row.id(),
        StepPlace.of("/actions/0"),
        "approve_payout",
        Runs.failure("timeout", "too late", null));
    assertThat(inputs(row)).containsExactly(Map.of("payout_id", payout.toString()));
    assertThat(api.executions.get(row.id()).steps().getFirst().errorJson()).contains("too late");
  }

  private static List<Map<String, Object>> inputs(ExecutionRow row) {
    return api.executions.get(row.id()).steps().stream()
        .map(step -> Json.readObject(step.inputJson()))
        .toList();
  }

  @Test
  @DisplayName("AU-3 AU-6: what does not match is SKIPPED, saying which condition decided and how")
  void skipsAndSaysWhy() {
    UUID good = marketplace.goodSeller();
    assertThat(intake(marketplace.payout(good, "5000.00")).status()).isEqualTo("PENDING");
    ExecutionRow tooMuch = intake(marketplace.payout(good, "5001.00"));
    assertThat(tooMuch.status()).isEqualTo("SKIPPED");
    assertThat(tooMuch.reason()).isEqualTo("amount lte 5000 does not hold: amount is 5001.00");
    assertThat(intake(marketplace.payout(marketplace.seller(false, "9", false), "10")).reason())
        .isEqualTo("seller.verified eq true does not hold: seller.verified is false");
    assertThat(intake(marketplace.payout(marketplace.seller(true, "7", false), "10")).reason())
        .isEqualTo("seller.trust_score gte 8 does not hold: seller.trust_score is 7.0");
  }

  @Test
  @DisplayName("AU-14: the same event 100 times over 8 connections makes one execution")
  void takesAnEventOnce() throws Exception {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "100.00");
    PlatformEvent event = requested("hundred-times", payout);
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> calls =
          IntStream.range(0, 100)
              .<Callable<Integer>>mapToObj(
                  i -> () -> api.events.accept(List.of(event), SERVICE).accepted())
              .toList();
      int accepted = 0;
      for (Future<Integer> call : threads.invokeAll(calls)) {
        accepted += call.get();
      }
      assertThat(accepted).isEqualTo(1);
    }
    assertThat(executionOf(payout).status()).isEqualTo("PENDING");
  }

  @Test
  @DisplayName("AU-14: batches with the same events in opposite orders do not wait for each other")
  void neverDeadlocks() throws Exception {
    UUID seller = marketplace.goodSeller();
    List<PlatformEvent> events =
        IntStream.range(0, 40)
            .mapToObj(i -> requested("crossed-" + i, marketplace.payout(seller, "6000.00")))
            .toList();
    List<PlatformEvent> reversed = events.reversed();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> calls =
          IntStream.range(0, 16)
              .<Callable<Integer>>mapToObj(
                  i -> () -> api.events.accept(i % 2 == 0 ? events : reversed, SERVICE).accepted())
              .toList();
      int accepted = 0;
      for (Future<Integer> call : threads.invokeAll(calls)) {
        accepted += call.get();
      }
      assertThat(accepted).isEqualTo(40);
    }
  }

  @Test
  @DisplayName("AU-14: a large batch is one transaction, whose executions are made in portions")
  void takesLargeBatchesInPortions() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "100.00");
    List<PlatformEvent> batch =
        IntStream.range(0, 1_001).mapToObj(i -> requested("portion-" + i, payout)).toList();
    // Two samples are about payouts: two executions of each event.
    assertThat(api.events.accept(batch, SERVICE).accepted()).isEqualTo(1_001);
    // Rows of one statement have one cmin, rows of one transaction one xmin.
    List<String> portions =
        database
            .as("control_owner")
            .read(
                handle ->
                    handle
                        .select(
                            """
                            SELECT count(*) || ' of ' || count(DISTINCT xmin::text)
                              FROM control.workflow_execution WHERE entity_id = ?
                             GROUP BY cmin::text ORDER BY count(*) DESC
                            """,
                            payout.toString())
                        .mapTo(String.class)
                        .list());
    assertThat(portions).containsExactly("500 of 1", "500 of 1", "500 of 1", "500 of 1", "2 of 1");
    assertThat(
            api.executions.list(
                ExecutionFilter.ofEntity("payout", payout.toString()), Cursor.START, 2_000))
        .extracting(ExecutionRow::status)
        .containsOnly("PENDING", "SKIPPED");
  }

  @Test
  @DisplayName("AU-14: an event that claims a small amount does not get a large payout paid")
  void believesOnlyTheSource() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "50000.00");
    PlatformEvent forged =
        new PlatformEvent(
            "/forger",
            UUID.randomUUID().toString(),
            "payout.requested",
            null,
            null,
            Map.of("payout_id", payout.toString(), "amount", 1));
    api.events.accept(List.of(forged), SERVICE);
    assertThat(executionOf(payout).status()).isEqualTo("SKIPPED");
  }

  @Test
  @DisplayName("AU-14: an event about a payout that the source lacks is a FAILED execution")
  void failsWhereTheSourceLacksTheEntity() {
    ExecutionRow row = intake(UUID.randomUUID());
    assertThat(row.status()).isEqualTo("FAILED");
    assertThat(row.reason()).startsWith("The source has no payout");
  }

  @Test
  @DisplayName("PO-1: an approval re-checks the amount and the seller in its own transaction")
  void checksAgainWhenItApproves() {
    UUID changed = marketplace.payout(marketplace.goodSeller(), "100.00");
    ExecutionRow row = intake(changed);
    marketplace.amount(changed, "4000.00");
    assertThat(approve(row))
        .isEqualTo(
            new Attempt.Refused(
                "payout_refused", "The amount was changed from 100.00 to 4000.00 ETB."));
    assertThat(marketplace.status(changed)).isEqualTo("REQUESTED");
    assertThat(api.executions.get(row.id()).steps().get(0).status()).isEqualTo("FAILED");

    UUID seller = marketplace.goodSeller();
    UUID ofSuspended = marketplace.payout(seller, "100.00");
    ExecutionRow second = intake(ofSuspended);
    marketplace.suspend(seller);
    assertThat(approve(second))
        .isEqualTo(new Attempt.Refused("payout_refused", "The seller is suspended."));
  }

  @Test
  @DisplayName("SE-3: what the business refuses a run, and who triggered what it did, is audited")
  void auditsWhatRunsDo() {
    UUID seller = marketplace.goodSeller();
    UUID refused = marketplace.payout(seller, "100.00");
    ExecutionRow row = intake(refused);
    marketplace.suspend(seller);
    approve(row);
    approve(row);
    assertThat(audited(row.id().toString()))
        .containsExactly(
            tuple(
                "automation:" + row.workflowId(),
                "approve_payout",
                "REFUSED",
                "The seller is suspended.",
                "request-1",
                Map.of(
                    "execution_id",
                    row.id().toString(),
                    "triggered_by",
                    "marketplace",
                    "path",
                    "/actions/0",
                    "code",
                    "payout_refused")));

    UUID approved = marketplace.payout(marketplace.goodSeller(), "100.00");
    ExecutionRow second = intake(approved);
    approve(second);
    assertThat(audited(approved.toString()))
        .containsExactly(
            tuple(
                "automation:" + second.workflowId(),
                "payout.approve",
                "ALLOWED",
                null,
                "request-1",
                Map.of(
                    "execution_id",
                    second.id().toString(),
                    "triggered_by",
                    "marketplace",
                    "amount",
                    new BigDecimal("100.00"))));
  }

  @Test
  @DisplayName("SE-3: the reason of a cancellation is audited")
  void auditsWhyItWasCancelled() {
    ExecutionRow row = intake(marketplace.payout(marketplace.goodSeller(), "100.00"));
    api.executions.cancel(row.id(), "wrong automation", false, new Actor("admin", "request-2"));
    assertThat(audited(row.id().toString()))
        .containsExactly(
            tuple(
                "admin",
                "execution.cancel",
                "ALLOWED",
                "wrong automation",
                "request-2",
                Map.of("reason", "wrong automation", "compensates", false)));
  }

  /** What the audit log says of a subject: actor, action, outcome, reason, request, details. */
  private static List<Tuple> audited(String subject) {
    return database
        .as("control_owner")
        .read(
            handle ->
                handle
                    .select(
                        """
                        SELECT actor, action, outcome, reason, request_id, details::text
                          FROM control.audit_log WHERE subject_id = ? ORDER BY id
                        """,
                        subject)
                    .map(
                        (line, context) ->
                            tuple(
                                line.getString(1),
                                line.getString(2),
                                line.getString(3),
                                line.getString(4),
                                line.getString(5),
                                Json.readObject(line.getString(6))))
                    .list());
  }

  @Test
  @DisplayName("PO-1 AU-14: a run approves no other payout than the one that it was decided on")
  void approvesOnlyWhatWasDecidedOn() {
    UUID small = marketplace.payout(marketplace.goodSeller(), "100.00");
    UUID large = marketplace.payout(marketplace.seller(false, "1", false), "90000.00");
    ExecutionRow row = intake(small);
    worker.runs.begin(row.id());
    assertThat(
            worker.runSteps.perform(
                new RunSteps.Asked(
                    row.id(),
                    StepPlace.of("/actions/0"),
                    Map.of("payout_id", large.toString()),
                    1,
                    "test")))
        .as("inputs come from the stored definition, whatever the caller says")
        .isInstanceOf(Attempt.Done.class);
    assertThat(marketplace.status(small)).isEqualTo("APPROVED");
    assertThat(marketplace.status(large)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName("PO-2: 16 attempts at the same approval approve once and owe one transfer")
  void approvesOnce() throws Exception {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "900.00");
    ExecutionRow row = intake(payout);
    try (var threads = Executors.newFixedThreadPool(16)) {
      List<Callable<Attempt>> calls =
          IntStream.range(0, 16).<Callable<Attempt>>mapToObj(i -> () -> approve(row)).toList();
      for (Future<Attempt> call : threads.invokeAll(calls)) {
        assertThat(call.get()).isInstanceOf(Attempt.Done.class);
      }
    }
    assertThat(worker.payouts.get(payout).transfers()).hasSize(1);
  }

  @Test
  @DisplayName("PO-2: approving what another execution approved is a success that says already")
  void saysAlready() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "900.00");
    ExecutionRow first = intake(payout);
    approve(first);
    api.events.accept(List.of(requested(UUID.randomUUID().toString(), payout)), SERVICE);
    ExecutionRow second = executionsOf(payout).get(0);
    Attempt attempt = approve(second);
    assertThat(((Attempt.Done) attempt).output()).containsEntry("already", true);
    assertThat(worker.payouts.get(payout).transfers()).hasSize(1);
  }

  @Test
  @DisplayName("PO-1: a refused transfer is compensated and the books balance")
  void compensatesARefusal() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "250.50");
    approve(intake(payout));
    long owed = worker.payouts.balance("seller_payable");
    worker.transfers.begin(payout, 1);
    worker.transfers.begin(payout, 1);
    assertThat(worker.payouts.balance("seller_payable")).isEqualTo(owed + 25_050);
    worker.transfers.refused(payout, 1, "account closed");
    worker.transfers.refused(payout, 1, "account closed");
    assertThat(marketplace.status(payout)).isEqualTo("FAILED");
    assertThat(worker.payouts.balance("seller_payable")).isEqualTo(owed);
    assertThat(worker.payouts.imbalance()).isZero();
  }

  @Test
  @DisplayName("OB-1: transfers that the gateway leaves unanswered for five minutes are counted")
  void countsTheUnanswered() {
    UUID waiting = marketplace.payout(marketplace.goodSeller(), "10.00");
    UUID paid = marketplace.payout(marketplace.goodSeller(), "10.00");
    UUID created = marketplace.payout(marketplace.goodSeller(), "10.00");
    long before = unansweredIn(Duration.ofMinutes(6));
    for (UUID payout : List.of(waiting, paid, created)) {
      approve(intake(payout));
    }
    worker.transfers.begin(waiting, 1);
    worker.transfers.begin(paid, 1);
    worker.transfers.paid(paid, 1, "dsb_" + paid);
    assertThat(unansweredIn(Duration.ofMinutes(4))).isZero();
    assertThat(unansweredIn(Duration.ofMinutes(6))).isEqualTo(before + 1);
    worker.transfers.refused(waiting, 1, "account closed");
    assertThat(unansweredIn(Duration.ofMinutes(6))).isEqualTo(before);
  }

  private static long unansweredIn(Duration time) {
    Clock later = Clock.offset(Clock.systemUTC(), time);
    return new ControlCenter(database.as("control_api"), later).transfers.unanswered();
  }

  @Test
  @DisplayName("AU-13: a cancelled execution takes no further step")
  void cancelStopsBeforeTheNextStep() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "100.00");
    ExecutionRow row = intake(payout);
    worker.runs.begin(row.id());
    api.executions.cancel(row.id(), "wrong automation", false, new Actor("admin", null));
    assertThat(approve(row)).isInstanceOf(Attempt.Cancelled.class);
    assertThat(marketplace.status(payout)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName("PO-1 AU-14: a step is taken only where the stored execution and definition say so")
  void believesTheDatabaseOnly() {
    UUID tooMuch = marketplace.payout(marketplace.goodSeller(), "50000");
    ExecutionRow skipped = intake(tooMuch);
    assertThat(approve(skipped)).isInstanceOf(Attempt.Cancelled.class);
    assertThat(api.executions.get(skipped.id()).steps()).isEmpty();
    UUID payout = marketplace.payout(marketplace.goodSeller(), "50");
    ExecutionRow row = intake(payout);
    assertThat(
            worker.runSteps.perform(
                new RunSteps.Asked(row.id(), StepPlace.of("/actions/0"), Map.of(), 1, "test")))
        .as("it has not begun")
        .isEqualTo(new Attempt.Refused("not_running", "the execution is PENDING"));
    worker.runs.begin(row.id());
    assertThat(
            worker.runSteps.perform(
                new RunSteps.Asked(row.id(), StepPlace.of("/actions/1"), Map.of(), 1, "test")))
        .isEqualTo(
            new Attempt.Refused("unknown_step", "the definition has no action at /actions/1"));
    assertThat(
            worker.runSteps.perform(
                new RunSteps.Asked(
                    UUID.randomUUID(), StepPlace.of("/actions/0"), Map.of(), 1, "test")))
        .isInstanceOf(Attempt.Refused.class);
    assertThat(List.of(marketplace.status(tooMuch), marketplace.status(payout)))
        .containsOnly("REQUESTED");
    worker.runs.finish(row.id(), "COMPLETED", null, null);
    assertThat(approve(row)).as("it is over").isInstanceOf(Attempt.Cancelled.class);
    assertThat(marketplace.status(payout)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName(
      "AU-11 PO-1: a refusal is final: asking again is refused again, whatever has changed")
  void keepsARefusal() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "100.00");
    ExecutionRow row = intake(payout);
    marketplace.amount(payout, "4000.00");
    Attempt refused = approve(row);
    marketplace.amount(payout, "100.00");
    assertThat(approve(row)).isEqualTo(refused);
    assertThat(marketplace.status(payout)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName("PO-1: the database refuses an unbalanced booking")
  void refusesUnbalancedBookings() {
    UUID payout = marketplace.payout(marketplace.goodSeller(), "10.00");
    approve(intake(payout));
    assertThatThrownBy(
            () ->
                database
                    .as("control_worker")
                    .transaction(
                        transaction -> {
                          LedgerDao dao = transaction.attach(LedgerDao.class);
                          long entry = dao.entry(payout, 1, "RESERVE", Clock.systemUTC().instant());
                          return transaction
                              .handle()
                              .execute(
                                  "INSERT INTO control.ledger_posting VALUES (?, 'gateway_cash', 5)",
                                  entry);
                        }))
        .hasStackTraceContaining("does not balance");
  }
}

package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Payouts in the transactions of API and worker, without Temporal and without a gateway. */
final class PayoutHouse implements AutoCloseable {
  static final Actor OPERATOR = new Actor("operator", "request-9");

  final TestDatabase database = TestDatabase.create();
  final Marketplace marketplace = new Marketplace(database);
  final ControlCenter api = new ControlCenter(database.as("control_api"), Clock.systemUTC());
  final ControlCenter worker = new ControlCenter(database.as("control_worker"), Clock.systemUTC());

  /** A payout of ETB 4,200 that waits for a decision. */
  UUID requested() {
    return marketplace.payout(marketplace.goodSeller(), "4200.00");
  }

  /** Lets a run of an automation decide. */
  void decide(UUID payout, String action) {
    RunIdentity run =
        new RunIdentity(UUID.randomUUID(), UUID.randomUUID(), 1, "test", Map.of(), Map.of(), null);
    Action.Transactional decision =
        (Action.Transactional) worker.catalog.find(action).orElseThrow();
    Action.Request request =
        new Action.Request(
            run,
            StepPlace.of("/actions/0"),
            0,
            Map.of("payout_id", payout.toString(), "reason", "a test"));
    database
        .as("control_worker")
        .transaction(transaction -> decision.perform(transaction, request));
  }

  /** A payout whose first attempt the gateway refused. */
  UUID failed() {
    UUID payout = requested();
    decide(payout, "approve_payout");
    worker.transfers.begin(payout, 1);
    worker.transfers.refused(payout, 1, "closed account");
    return payout;
  }

  /** A payout that the gateway paid. */
  UUID paid() {
    UUID payout = requested();
    decide(payout, "approve_payout");
    worker.transfers.begin(payout, 1);
    worker.transfers.paid(payout, 1, "dsb_" + payout);
    return payout;
  }

  /** Asks for a correction; its id. */
  UUID ask(UUID payout, CorrectionKind kind) {
    UUID id = UUID.randomUUID();
    api.correctionRequests.request(id, payout, kind, "a test", OPERATOR);
    return id;
  }

  Payouts.Detail get(UUID payout) {
    return api.payouts.get(payout);
  }

  /** An account's balance of one payout, in santim. */
  long balance(UUID payout, String account) {
    return get(payout).ledger().stream()
        .filter(line -> line.account().equals(account))
        .mapToLong(LedgerLine::amountSantim)
        .sum();
  }

  List<String> states(UUID payout) {
    return get(payout).history().stream().map(PayoutMove::toStatus).toList();
  }

  /** Its history is a way through the states, its books balance, and its row agrees with both. */
  void assertSound(UUID payout) {
    Payouts.Detail detail = get(payout);
    List<PayoutMove> history = detail.history();
    for (int i = 1; i < history.size(); i++) {
      PayoutMove move = history.get(i);
      assertThat(move.fromStatus()).isEqualTo(history.get(i - 1).toStatus());
      assertThat(PayoutStatus.valueOf(String.valueOf(move.fromStatus())).next())
          .contains(PayoutStatus.valueOf(move.toStatus()));
    }
    assertThat(history.getLast().toStatus()).isEqualTo(detail.payout().status());
    assertThat(detail.ledger().stream().mapToLong(LedgerLine::amountSantim).sum()).isZero();
    long owed = -Santim.of(detail.payout().amount());
    assertThat(balance(payout, "gateway_cash"))
        .isEqualTo(detail.payout().status().equals("DISBURSED") ? owed : 0);
    assertThat(balance(payout, "payouts_in_transit"))
        .isEqualTo(detail.payout().status().equals("DISBURSING") ? owed : 0);
  }

  @Override
  public void close() {
    database.close();
  }
}

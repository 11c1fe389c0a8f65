package com.freelync.control.api;

import com.freelync.control.ControlCenter;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.automation.StepPlace;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Payouts that have their answer of the gateway, in a worker's transactions. */
final class PaidAndFailed {
  private PaidAndFailed() {}

  /** A payout of ETB 4,200 that the gateway refused. */
  static String failed(TestApi api) {
    ControlCenter worker = worker(api);
    UUID payout = sending(api, worker);
    worker.transfers.refused(payout, 1, "The account is closed");
    return payout.toString();
  }

  /** A payout of ETB 4,200 that the gateway paid. */
  static String paid(TestApi api) {
    ControlCenter worker = worker(api);
    UUID payout = sending(api, worker);
    worker.transfers.paid(payout, 1, "dsb_" + payout);
    return payout.toString();
  }

  static ControlCenter worker(TestApi api) {
    return new ControlCenter(api.database.as("control_worker"), Clock.systemUTC());
  }

  private static UUID sending(TestApi api, ControlCenter worker) {
    UUID payout = api.marketplace.payout(api.marketplace.goodSeller(), "4200.00");
    Action.Transactional approve =
        (Action.Transactional) worker.catalog.find("approve_payout").orElseThrow();
    RunIdentity run =
        new RunIdentity(UUID.randomUUID(), UUID.randomUUID(), 1, "admin", Map.of(), Map.of(), null);
    api.database
        .as("control_worker")
        .transaction(
            transaction ->
                approve.perform(
                    transaction,
                    new Action.Request(
                        run,
                        StepPlace.of("/actions/0"),
                        0,
                        Map.of("payout_id", payout.toString()))));
    worker.transfers.begin(payout, 1);
    return payout;
  }
}

package com.freelync.control.benchmark;

import com.freelync.control.audit.Actor;
import com.freelync.control.event.EventIntake;
import com.freelync.control.event.PlatformEvent;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells the intake of payouts that were requested. */
record Events(EventIntake intake) {
  private static final Actor MARKETPLACE = new Actor("marketplace", "benchmark");

  /** One batch with an event for each payout. */
  void accept(List<UUID> payouts) {
    EventIntake.Receipt receipt =
        intake.accept(payouts.stream().map(Events::event).toList(), MARKETPLACE);
    if (receipt.accepted() != payouts.size()) {
      throw new IllegalStateException("Not all were accepted: " + receipt);
    }
  }

  private static PlatformEvent event(UUID payout) {
    return new PlatformEvent(
        "/marketplace",
        UUID.randomUUID().toString(),
        "payout.requested",
        null,
        null,
        Map.of("payout_id", payout.toString()));
  }
}

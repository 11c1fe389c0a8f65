package com.freelync.control.payout;

import java.time.Instant;
import java.util.UUID;

/**
 * Money that moved as the gateway told us, and that its book of the period does not name.
 *
 * @param reference the gateway's name of it
 * @param bookedSantim what the ledger has of it
 * @param at when we were told
 */
public record Unseen(
    BookEntryKind kind,
    String reference,
    String idempotencyKey,
    UUID payoutId,
    String status,
    long bookedSantim,
    Instant at) {
  /** The difference, once the gateway has said that it does not know the key. */
  Difference missing() {
    return new Difference(
        Difference.subject(DifferenceKind.MISSING_THERE, reference),
        DifferenceKind.MISSING_THERE,
        kind,
        idempotencyKey,
        reference,
        payoutId,
        status,
        null,
        kind.signed(bookedSantim),
        0,
        at);
  }
}

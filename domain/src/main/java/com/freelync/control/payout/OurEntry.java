package com.freelync.control.payout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What we know of a key: an attempt or a reversal, and what the ledger has of it.
 *
 * @param reference the gateway's name of it, as far as we were told
 * @param amountSantim what the gateway was asked to move
 * @param bookedSantim what the ledger says moved
 * @param since since when the gateway may have been asked
 */
public record OurEntry(
    String status,
    @Nullable String reference,
    long amountSantim,
    long bookedSantim,
    Instant since) {
  /** Whether the gateway has told us that money moved. */
  boolean isDone() {
    return status.equals("PAID") || status.equals("DONE");
  }

  /** Whether its answer may still be on its way to us. */
  boolean isOpen() {
    return !isDone() && !status.equals("REFUSED");
  }
}

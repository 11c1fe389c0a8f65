package com.freelync.control.payout;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to disburse a payout; the amount in santim.
 *
 * @param sendingSince since when the gateway may have been asked
 * @param settledAt when its definite answer was written down
 */
public record Transfer(
    UUID payoutId,
    int attempt,
    String idempotencyKey,
    long amountSantim,
    UUID recipient,
    String status,
    @Nullable String gatewayReference,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant sendingSince,
    @Nullable Instant settledAt) {
  /** Whether the gateway has answered for good. */
  public boolean isSettled() {
    return status.equals("PAID") || status.equals("REFUSED");
  }
}

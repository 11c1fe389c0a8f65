package com.freelync.control.payout;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payout as the source has it; the amount in ETB. */
public record Payout(
    UUID id,
    UUID sellerId,
    BigDecimal amount,
    String status,
    Instant requestedAt,
    @Nullable Instant decidedAt,
    @Nullable String decidedBy,
    @Nullable String decisionReason,
    @Nullable Instant disbursedAt,
    @Nullable String gatewayReference,
    @Nullable Instant failedAt,
    @Nullable String failureReason,
    boolean sellerVerified,
    BigDecimal sellerTrustScore,
    boolean sellerSuspended,
    @Nullable String sellerRegion) {
  /** The same payout in another state. */
  Payout in(String otherStatus) {
    return new Payout(
        id,
        sellerId,
        amount,
        otherStatus,
        requestedAt,
        decidedAt,
        decidedBy,
        decisionReason,
        disbursedAt,
        gatewayReference,
        failedAt,
        failureReason,
        sellerVerified,
        sellerTrustScore,
        sellerSuspended,
        sellerRegion);
  }
}

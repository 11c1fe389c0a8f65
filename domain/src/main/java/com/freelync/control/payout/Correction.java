package com.freelync.control.payout;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A retry or a reversal that a person asked for.
 *
 * @param attempt the attempt that it is about: the one that was refused or paid
 * @param idempotencyKey by which the gateway is asked to take money back
 * @param gatewayReference the gateway's name of the money that it took back
 * @param refusal why nothing was changed
 */
public record Correction(
    UUID id,
    UUID payoutId,
    int attempt,
    CorrectionKind kind,
    CorrectionStatus status,
    String idempotencyKey,
    String reason,
    String requestedBy,
    Instant requestedAt,
    @Nullable String requestId,
    @Nullable String gatewayReference,
    @Nullable String refusal,
    @Nullable Instant settledAt) {}

package com.freelync.control.payout;

import com.freelync.control.api.links.Links;
import com.freelync.control.temporal.TemporalSettings;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A retry or a reversal that a person asked for.
 *
 * @param attempt the attempt that it is about
 * @param refusal why nothing was changed
 */
record CorrectionView(
    UUID id,
    String kind,
    int attempt,
    String status,
    String reason,
    String requestedBy,
    Instant requestedAt,
    String idempotencyKey,
    @Nullable String gatewayReference,
    @Nullable String refusal,
    @Nullable Instant settledAt,
    Links links) {
  static CorrectionView of(Correction correction, TemporalSettings temporal) {
    return new CorrectionView(
        correction.id(),
        correction.kind().name(),
        correction.attempt(),
        correction.status().name(),
        correction.reason(),
        correction.requestedBy(),
        correction.requestedAt(),
        correction.idempotencyKey(),
        correction.gatewayReference(),
        correction.refusal(),
        correction.settledAt(),
        new Links(
            "/admin/payouts/" + correction.payoutId(),
            temporal.uiLink(CorrectionInput.temporalId(correction.payoutId(), correction.id()))));
  }
}

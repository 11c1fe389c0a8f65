package com.freelync.control.payout;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a payout's state.
 *
 * @param fromStatus null where it was requested
 * @param changedBy a person, {@code automation:ID} or a part of the system; null where the source
 *     alone knows
 * @param executionId the execution that decided
 * @param attempt the attempt to send it that this is about
 */
public record PayoutMove(
    @Nullable String fromStatus,
    String toStatus,
    Instant at,
    @Nullable String changedBy,
    @Nullable UUID executionId,
    @Nullable Integer attempt,
    @Nullable String reason) {}

package com.freelync.control.payout;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of the gateway's book of a period with ours.
 *
 * @param beginsAt the period, half-open
 * @param position where the gateway's book goes on
 * @param bookRead whether all of it was read
 * @param settling entries whose answer may still be on its way to us
 * @param differences how many; null while it runs
 * @param gatewaySantim what moved as the gateway has it, in santim; null while it runs
 * @param ourSantim what moved as we have it
 */
public record Reconciliation(
    UUID id,
    String origin,
    Instant beginsAt,
    Instant endsAt,
    ReconciliationStatus status,
    String requestedBy,
    @Nullable String reason,
    @Nullable String requestId,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable String failure,
    @Nullable String position,
    int pages,
    boolean bookRead,
    long entries,
    long matched,
    long settling,
    @Nullable Long differences,
    @Nullable Long gatewaySantim,
    @Nullable Long ourSantim) {}

package com.freelync.control.payout;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the gateway's book.
 *
 * @param id the gateway's name of it
 * @param payoutId the payout that it names; null where that is no payout's id
 * @param amountSantim santim, positive
 * @param isDone whether money moved; the gateway refused otherwise
 * @param at when the gateway wrote it
 */
public record BookEntry(
    BookEntryKind kind,
    String id,
    String idempotencyKey,
    @Nullable UUID payoutId,
    long amountSantim,
    boolean isDone,
    Instant at) {}

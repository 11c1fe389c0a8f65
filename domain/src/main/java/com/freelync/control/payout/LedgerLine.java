package com.freelync.control.payout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One posting: debit positive, credit negative, in santim.
 *
 * @param entry the booking that it belongs to
 * @param reverses the booking whose mirror that is
 */
public record LedgerLine(
    long entry,
    String kind,
    int attempt,
    Instant at,
    String account,
    long amountSantim,
    @Nullable Long reverses) {}

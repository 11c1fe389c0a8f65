package com.freelync.control.payout;

import java.time.Instant;

/** One posting: debit positive, credit negative, in santim. */
public record LedgerLine(String kind, int attempt, Instant at, String account, long amountSantim) {}

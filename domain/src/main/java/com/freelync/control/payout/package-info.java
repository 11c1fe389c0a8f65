/** Payouts, the ledger that books them, and the actions that decide them. */
@NullMarked
package com.freelync.control.payout;

import org.jspecify.annotations.NullMarked;

/** Payouts over HTTP. */
@NullMarked
package com.freelync.control.payout;

import org.jspecify.annotations.NullMarked;

/** Sends approved payouts: the durable transfer and the gateway's HTTP adapter. */
@NullMarked
package com.freelync.control.payout;

import org.jspecify.annotations.NullMarked;

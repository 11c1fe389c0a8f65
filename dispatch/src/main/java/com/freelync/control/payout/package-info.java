/** The durable transfer of a payout, as API and workers share it. */
@NullMarked
package com.freelync.control.payout;

import org.jspecify.annotations.NullMarked;

/** Calls to systems outside, which are signed. */
@NullMarked
package com.freelync.control.webhook;

import org.jspecify.annotations.NullMarked;

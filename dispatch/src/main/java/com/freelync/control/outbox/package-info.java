/** Brings the outbox's messages to Temporal: at once after their commit, or by the relay. */
@NullMarked
package com.freelync.control.outbox;

import org.jspecify.annotations.NullMarked;

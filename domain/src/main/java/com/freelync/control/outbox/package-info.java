/**
 * Messages to Temporal, written in the transaction that decided them and delivered afterwards at
 * least once.
 */
@NullMarked
package com.freelync.control.outbox;

import org.jspecify.annotations.NullMarked;

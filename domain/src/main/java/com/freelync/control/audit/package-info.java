/**
 * The append-only record of every change and every refused attempt, written in the change's own
 * transaction.
 */
@NullMarked
package com.freelync.control.audit;

import org.jspecify.annotations.NullMarked;

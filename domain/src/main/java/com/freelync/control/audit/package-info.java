/**
 * The append-only record of every change and every refused attempt, written in the change's own
 * transaction and sealed into a hash chain afterwards.
 */
@NullMarked
package com.freelync.control.audit;

import org.jspecify.annotations.NullMarked;

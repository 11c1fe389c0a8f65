/** What every process measures: itself, Temporal's SDK, and the outbox. */
@NullMarked
package com.freelync.control.metrics;

import org.jspecify.annotations.NullMarked;

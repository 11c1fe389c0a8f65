/**
 * Metrics that are exactly true: what each one means, how it is read at one snapshot of the
 * database, and how its rollups are folded, verified and rebuilt.
 */
@NullMarked
package com.freelync.control.analytics;

import org.jspecify.annotations.NullMarked;

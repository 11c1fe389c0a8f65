/** Keeping the rollups true: folding, verifying and rebuilding. */
@NullMarked
package com.freelync.control.analytics;

import org.jspecify.annotations.NullMarked;

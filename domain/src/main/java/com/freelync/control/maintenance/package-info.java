/** Periods of reduced availability. */
@NullMarked
package com.freelync.control.maintenance;

import org.jspecify.annotations.NullMarked;

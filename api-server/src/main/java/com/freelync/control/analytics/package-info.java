/** Metrics over HTTP. */
@NullMarked
package com.freelync.control.analytics;

import org.jspecify.annotations.NullMarked;

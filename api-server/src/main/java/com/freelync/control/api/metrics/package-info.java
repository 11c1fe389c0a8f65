/** Prometheus metrics of the process and its requests. */
@NullMarked
package com.freelync.control.api.metrics;

import org.jspecify.annotations.NullMarked;

/** Questions to metrics beside plain SQL and DuckDB. */
@NullMarked
package com.freelync.control.benchmark.analytics;

import org.jspecify.annotations.NullMarked;

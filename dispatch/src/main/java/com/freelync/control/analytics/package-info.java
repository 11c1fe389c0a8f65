/** The durable work on metrics, as workflows and activities name it. */
@NullMarked
package com.freelync.control.analytics;

import org.jspecify.annotations.NullMarked;

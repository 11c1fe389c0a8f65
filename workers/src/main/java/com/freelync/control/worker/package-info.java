/** The worker process: its configuration, its start, its health and metrics. */
@NullMarked
package com.freelync.control.worker;

import org.jspecify.annotations.NullMarked;

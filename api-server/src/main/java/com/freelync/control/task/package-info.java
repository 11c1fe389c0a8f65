/** Scheduled tasks over HTTP. */
@NullMarked
package com.freelync.control.task;

import org.jspecify.annotations.NullMarked;

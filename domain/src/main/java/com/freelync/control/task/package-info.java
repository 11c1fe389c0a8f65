/** Scheduled tasks: an automation that is run at an instant, or again and again. */
@NullMarked
package com.freelync.control.task;

import org.jspecify.annotations.NullMarked;

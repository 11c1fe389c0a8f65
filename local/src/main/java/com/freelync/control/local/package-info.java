/** The whole control center on one machine: its commands. */
@NullMarked
package com.freelync.control.local;

import org.jspecify.annotations.NullMarked;

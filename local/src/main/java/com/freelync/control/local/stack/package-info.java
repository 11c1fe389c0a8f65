/** The parts of the stack, started, watched, started again, and stopped. */
@NullMarked
package com.freelync.control.local.stack;

import org.jspecify.annotations.NullMarked;

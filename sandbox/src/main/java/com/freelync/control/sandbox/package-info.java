/** The real parts around the control center for one machine and for tests, in one process. */
@NullMarked
package com.freelync.control.sandbox;

import org.jspecify.annotations.NullMarked;

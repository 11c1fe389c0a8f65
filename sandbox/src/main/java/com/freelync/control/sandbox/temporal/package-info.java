/** A real Temporal development server as a child process. */
@NullMarked
package com.freelync.control.sandbox.temporal;

import org.jspecify.annotations.NullMarked;

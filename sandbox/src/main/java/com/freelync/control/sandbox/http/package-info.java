/** The small HTTP server that the simulators share. */
@NullMarked
package com.freelync.control.sandbox.http;

import org.jspecify.annotations.NullMarked;

/** Errors as their callers see them: problem details (RFC 9457) for every one. */
@NullMarked
package com.freelync.control.api.problem;

import org.jspecify.annotations.NullMarked;

/** Streams of events (SSE), as the HTML standard defines them. */
@NullMarked
package com.freelync.control.api.stream;

import org.jspecify.annotations.NullMarked;

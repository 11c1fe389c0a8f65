/** What is known of each request: its id, who calls, and the bounds that it must keep. */
@NullMarked
package com.freelync.control.api.request;

import org.jspecify.annotations.NullMarked;

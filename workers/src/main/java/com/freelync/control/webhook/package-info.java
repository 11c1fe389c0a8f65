/** Webhooks as a worker sends them. */
@NullMarked
package com.freelync.control.webhook;

import org.jspecify.annotations.NullMarked;

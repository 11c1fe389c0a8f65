/** {@code Idempotency-Key} on every POST. */
@NullMarked
package com.freelync.control.api.idempotency;

import org.jspecify.annotations.NullMarked;

/** Calls that may be repeated: the first answer to each key is kept and given again. */
@NullMarked
package com.freelync.control.idempotency;

import org.jspecify.annotations.NullMarked;

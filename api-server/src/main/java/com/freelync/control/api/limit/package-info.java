/** Limits of calls at the interface. */
@NullMarked
package com.freelync.control.api.limit;

import org.jspecify.annotations.NullMarked;

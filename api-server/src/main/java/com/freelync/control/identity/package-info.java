/** Who calls, as the interface tells them. */
@NullMarked
package com.freelync.control.identity;

import org.jspecify.annotations.NullMarked;

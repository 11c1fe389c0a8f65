/** Platform events over HTTP, as CloudEvents. */
@NullMarked
package com.freelync.control.event;

import org.jspecify.annotations.NullMarked;

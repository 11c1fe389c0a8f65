/** How often people may do something, over all servers. */
@NullMarked
package com.freelync.control.limit;

import org.jspecify.annotations.NullMarked;

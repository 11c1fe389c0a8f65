/** Lists by cursor, and entity tags. */
@NullMarked
package com.freelync.control.api.paging;

import org.jspecify.annotations.NullMarked;

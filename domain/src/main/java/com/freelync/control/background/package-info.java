/** Work that a process does again and again for as long as it runs. */
@NullMarked
package com.freelync.control.background;

import org.jspecify.annotations.NullMarked;

/** Text that people or other systems wrote. */
@NullMarked
package com.freelync.control.text;

import org.jspecify.annotations.NullMarked;

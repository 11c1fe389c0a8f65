/** Features that are switched on and off. */
@NullMarked
package com.freelync.control.flag;

import org.jspecify.annotations.NullMarked;

/** The control center's services, wired by hand. */
@NullMarked
package com.freelync.control;

import org.jspecify.annotations.NullMarked;

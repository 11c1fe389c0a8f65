/** Processes that were started here: known again by identity, ended in order. */
@NullMarked
package com.freelync.control.local.process;

import org.jspecify.annotations.NullMarked;

/** Conditions on facts: what they are and whether they hold, as pure code. */
@NullMarked
package com.freelync.control.condition;

import org.jspecify.annotations.NullMarked;

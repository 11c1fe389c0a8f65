/** What the value of a setting may be, and how it is written. */
@NullMarked
package com.freelync.control.configuration.value;

import org.jspecify.annotations.NullMarked;

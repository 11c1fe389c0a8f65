/** The HTTP process: its settings, its start, and the manners that all resources share. */
@NullMarked
package com.freelync.control.api;

import org.jspecify.annotations.NullMarked;

/** temp. */
@NullMarked
package com.freelync.control.notification;

import org.jspecify.annotations.NullMarked;

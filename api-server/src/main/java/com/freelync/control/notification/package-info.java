/** What people are told, over HTTP. */
@NullMarked
package com.freelync.control.notification;

import org.jspecify.annotations.NullMarked;

/** What people are told: their inbox, and the mail that repeats it. */
@NullMarked
package com.freelync.control.notification;

import org.jspecify.annotations.NullMarked;

/** The durable delivery of a mail, as API and workers share it. */
@NullMarked
package com.freelync.control.notification;

import org.jspecify.annotations.NullMarked;

/** Mails as a worker delivers them: the workflow, its activities, and the way to a mail server. */
@NullMarked
package com.freelync.control.notification;

import org.jspecify.annotations.NullMarked;

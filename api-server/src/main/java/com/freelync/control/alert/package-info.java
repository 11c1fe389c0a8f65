/** Alerts and their rules over HTTP. */
@NullMarked
package com.freelync.control.alert;

import org.jspecify.annotations.NullMarked;

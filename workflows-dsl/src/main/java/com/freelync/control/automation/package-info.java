/** Automations as data and their pure interpreter, which reaches the world only through Effects. */
@NullMarked
package com.freelync.control.automation;

import org.jspecify.annotations.NullMarked;

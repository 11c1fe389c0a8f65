/** Runs automations durably: the interpreter on Temporal, and what it writes. */
@NullMarked
package com.freelync.control.automation;

import org.jspecify.annotations.NullMarked;

/** Automations and their executions over HTTP. */
@NullMarked
package com.freelync.control.automation;

import org.jspecify.annotations.NullMarked;

/** Automations as people wrote them, their executions, and the steps that were taken. */
@NullMarked
package com.freelync.control.automation;

import org.jspecify.annotations.NullMarked;

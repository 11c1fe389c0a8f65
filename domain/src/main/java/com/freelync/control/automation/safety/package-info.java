/** What keeps automations within bounds: limits, circuit breakers, and the kill switch. */
@NullMarked
package com.freelync.control.automation.safety;

import org.jspecify.annotations.NullMarked;

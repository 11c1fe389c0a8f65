/** The durable run of an automation, as API and workers share it. */
@NullMarked
package com.freelync.control.automation;

import org.jspecify.annotations.NullMarked;

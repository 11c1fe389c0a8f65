/** Verifies exports of the audit log, without a running stack. */
@NullMarked
package com.freelync.control.local.audit;

import org.jspecify.annotations.NullMarked;

/** The audit log over HTTP. */
@NullMarked
package com.freelync.control.audit;

import org.jspecify.annotations.NullMarked;

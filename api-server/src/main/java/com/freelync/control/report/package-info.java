/** Reports over HTTP. */
@NullMarked
package com.freelync.control.report;

import org.jspecify.annotations.NullMarked;

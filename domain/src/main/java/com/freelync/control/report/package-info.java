/** Reports: made of metrics, kept as artifacts. */
@NullMarked
package com.freelync.control.report;

import org.jspecify.annotations.NullMarked;

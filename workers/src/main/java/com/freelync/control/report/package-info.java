/** Reports as a worker prints them. */
@NullMarked
package com.freelync.control.report;

import org.jspecify.annotations.NullMarked;

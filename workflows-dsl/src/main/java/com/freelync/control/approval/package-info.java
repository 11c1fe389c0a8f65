/** Who must agree to a change, and whether they did: pure decisions without I/O. */
@NullMarked
package com.freelync.control.approval;

import org.jspecify.annotations.NullMarked;

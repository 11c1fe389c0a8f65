/** The one gate by which people agree to something, for every capability that asks. */
@NullMarked
package com.freelync.control.approval;

import org.jspecify.annotations.NullMarked;

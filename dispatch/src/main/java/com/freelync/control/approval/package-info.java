/** Waiting for people, as API and workers share it. */
@NullMarked
package com.freelync.control.approval;

import org.jspecify.annotations.NullMarked;

/** Waiting for people, durably. */
@NullMarked
package com.freelync.control.approval;

import org.jspecify.annotations.NullMarked;

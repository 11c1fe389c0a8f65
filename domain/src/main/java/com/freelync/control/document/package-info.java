/** Papers of users and listings that expire. */
@NullMarked
package com.freelync.control.document;

import org.jspecify.annotations.NullMarked;

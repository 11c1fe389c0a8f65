/** Places at which tests stop a real process, to kill it or what it talks to. */
@NullMarked
package com.freelync.control.failpoint;

import org.jspecify.annotations.NullMarked;

/** What waits for people, and their words, over HTTP. */
@NullMarked
package com.freelync.control.approval;

import org.jspecify.annotations.NullMarked;

/** Secrets at rest: encrypted with keys of a file, which can be rotated while processes run. */
@NullMarked
package com.freelync.control.configuration.secret;

import org.jspecify.annotations.NullMarked;

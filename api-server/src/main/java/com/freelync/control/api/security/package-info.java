/** Bearer tokens, and which permission each resource method needs. */
@NullMarked
package com.freelync.control.api.security;

import org.jspecify.annotations.NullMarked;

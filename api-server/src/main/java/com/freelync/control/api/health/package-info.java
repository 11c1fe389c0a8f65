/** Liveness and readiness on the admin port. */
@NullMarked
package com.freelync.control.api.health;

import org.jspecify.annotations.NullMarked;

/** A real PostgreSQL server from embedded binaries, with a role and a password for each process. */
@NullMarked
package com.freelync.control.sandbox.postgres;

import org.jspecify.annotations.NullMarked;

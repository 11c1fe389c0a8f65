/** How every capability reaches PostgreSQL: pools, visible transactions and the migrations. */
@NullMarked
package com.freelync.control.database;

import org.jspecify.annotations.NullMarked;

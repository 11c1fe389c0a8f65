/** What every capability refuses with: the few ways in which a request cannot be carried out. */
@NullMarked
package com.freelync.control.problem;

import org.jspecify.annotations.NullMarked;

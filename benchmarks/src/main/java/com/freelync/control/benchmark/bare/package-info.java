/** The main job written plainly: the same rows by JDBC, the same kinds of activities, no more. */
@NullMarked
package com.freelync.control.benchmark.bare;

import org.jspecify.annotations.NullMarked;

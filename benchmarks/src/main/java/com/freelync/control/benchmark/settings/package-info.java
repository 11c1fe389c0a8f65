/** What reading settings costs, and how fast a change of one is seen. */
@NullMarked
package com.freelync.control.benchmark.settings;

import org.jspecify.annotations.NullMarked;

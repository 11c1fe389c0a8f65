/** What the main job costs, beside the same work written plainly. */
@NullMarked
package com.freelync.control.benchmark;

import org.jspecify.annotations.NullMarked;

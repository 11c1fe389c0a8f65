package com.freelync.control.analytics;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer.
 *
 * @param period begin of its period; null where time is not cut
 * @param group its value of each dimension that is broken down by
 */
record Part(@Nullable LocalDateTime period, List<String> group) {
  Part {
    group = List.copyOf(group);
  }
}

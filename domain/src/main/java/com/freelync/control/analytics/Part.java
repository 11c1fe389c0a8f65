package com.freelync.control.analytics;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer.
 *
 * @param period begin of its period; null where time is not cut
 * @param group its value of each dimension that is broken down by
 */
record Part(@Nullable LocalDateTime period, List<String> group) implements Comparable<Part> {
  Part {
    group = List.copyOf(group);
  }

  /** In order of time, then of the groups; parts of one question have equally many. */
  @Override
  public int compareTo(Part other) {
    int order =
        Objects.compare(period, other.period, Comparator.nullsFirst(Comparator.naturalOrder()));
    for (int i = 0; order == 0 && i < group.size(); i++) {
      order = group.get(i).compareTo(other.group.get(i));
    }
    return order;
  }
}

package com.freelync.control.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a load took.
 *
 * @param latencies of each item, nanoseconds
 * @param wall from the first item's begin to the last one's end, nanoseconds
 */
record Measured(List<Long> latencies, long wall) {
  Measured {
    latencies = List.copyOf(latencies);
  }

  /** Two rounds as one. */
  Measured plus(Measured other) {
    return new Measured(
        Stream.concat(latencies.stream(), other.latencies.stream()).toList(), wall + other.wall);
  }

  /** The latency that this share of the items kept (nearest rank), in milliseconds. */
  double millis(double share) {
    long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }

  /** Items a second. */
  double perSecond() {
    return latencies.size() / (wall / 1e9);
  }
}

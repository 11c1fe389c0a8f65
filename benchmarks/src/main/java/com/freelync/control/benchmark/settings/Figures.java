package com.freelync.control.benchmark.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The lines that are printed, and what stands in them. */
final class Figures {
  private Figures() {}

  static void say(String line, Object... values) {
    System.out.println(String.format(Locale.ROOT, line, values));
  }

  /** The time that this share of them kept (nearest rank), in milliseconds. */
  static double millis(List<Long> nanos, double share) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }
}

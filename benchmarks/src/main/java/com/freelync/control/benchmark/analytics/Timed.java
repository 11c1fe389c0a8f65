package com.freelync.control.benchmark.analytics;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * How long an answer takes.
 *
 * @param median milliseconds
 * @param p95 milliseconds
 * @param lines the answer, in order; parts in which all is zero are left out
 */
record Timed(double median, double p95, List<String> lines) {
  private static final long WARM_NANOS = 500_000_000L;
  private static final long NANOS = 2_000_000_000L;
  private static final int MOST = 200;
  private static final int LEAST = 3;

  /** Asks again and again: half a second to warm up, then two, but three times at least. */
  static Timed of(Supplier<List<String>> question) {
    List<String> answer = question.get();
    long warm = System.nanoTime() + WARM_NANOS;
    while (System.nanoTime() < warm) {
      answer = question.get();
    }
    double[] millis = new double[MOST];
    int times = 0;
    long end = System.nanoTime() + NANOS;
    while (times < LEAST || (times < MOST && System.nanoTime() < end)) {
      long begin = System.nanoTime();
      answer = question.get();
      millis[times++] = (System.nanoTime() - begin) / 1e6;
    }
    double[] sorted = Arrays.copyOf(millis, times);
    Arrays.sort(sorted);
    return new Timed(sorted[times / 2], sorted[(int) (times * 0.95)], ordered(answer));
  }

  private static List<String> ordered(List<String> lines) {
    return List.copyOf(
        new TreeSet<>(lines.stream().filter(line -> !line.matches(".*\\|0\\|0\\|0")).toList()));
  }
}

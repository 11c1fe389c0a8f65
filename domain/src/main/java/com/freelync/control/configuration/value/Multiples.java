package com.freelync.control.configuration.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The multiples of a step, counted from 0, in exact decimals. */
final class Multiples {
  private Multiples() {}

  static boolean isOne(BigDecimal number, BigDecimal step) {
    return number.remainder(step).signum() == 0;
  }

  /** The nearest ones within the bounds, below and above a number; empty where there are none. */
  static Optional<String> nearest(
      BigDecimal number, BigDecimal step, @Nullable BigDecimal min, @Nullable BigDecimal max) {
    BigDecimal below = round(max == null ? number : number.min(max), step, RoundingMode.FLOOR);
    BigDecimal above = round(min == null ? number : number.max(min), step, RoundingMode.CEILING);
    String near =
        Stream.of(below, above)
            .filter(one -> (min == null || one.compareTo(min) >= 0))
            .filter(one -> (max == null || one.compareTo(max) <= 0))
            .map(one -> ((BigDecimal) ValueForm.canonical(one)).toPlainString())
            .distinct()
            .collect(Collectors.joining(" and "));
    return Optional.of(near).filter(words -> !words.isEmpty());
  }

  /** Whether a multiple lies between two numbers. */
  static boolean isAnyWithin(BigDecimal min, BigDecimal max, BigDecimal step) {
    return round(min, step, RoundingMode.CEILING).compareTo(max) <= 0;
  }

  private static BigDecimal round(BigDecimal number, BigDecimal step, RoundingMode mode) {
    return number.divide(step, 0, mode).multiply(step);
  }
}

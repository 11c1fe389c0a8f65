package com.freelync.control.analytics;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a metric is made of what adds up. */
sealed interface Formula {
  /** One measure. */
  record Sum(Measure measure) implements Formula {}

  /** One measure less another one. */
  record Difference(Measure from, Measure less) implements Formula {}

  /** A share; null where the denominator is zero. */
  record Ratio(Measure part, Measure whole) implements Formula {}

  /** Listings on offer at the end of the period. */
  record Stock() implements Formula {}

  /** Sold listings of those that were on offer at the begin or came in the period. */
  record SoldShare() implements Formula {}

  /** Different users, each once. */
  record Distinct() implements Formula {}

  /** The measures of the period that it needs. */
  default Set<Measure> measures() {
    return switch (this) {
      case Sum sum -> EnumSet.of(sum.measure());
      case Difference difference -> EnumSet.of(difference.from(), difference.less());
      case Ratio ratio -> EnumSet.of(ratio.part(), ratio.whole());
      case Stock stock ->
          EnumSet.of(Measure.NEW_LISTINGS, Measure.SOLD_LISTINGS, Measure.CLOSED_LISTINGS);
      case SoldShare share ->
          EnumSet.of(Measure.NEW_LISTINGS, Measure.SOLD_LISTINGS, Measure.CLOSED_LISTINGS);
      case Distinct distinct -> EnumSet.noneOf(Measure.class);
    };
  }

  /** Whether it needs to know what was on offer before the period. */
  default boolean needsStock() {
    return this instanceof Stock || this instanceof SoldShare;
  }

  /** The cube that it is read from. */
  default Cube cube() {
    return this instanceof Distinct ? Cube.ACTIVITY : measures().iterator().next().cube();
  }

  /** The measure that counts the cases it is drawn from; null where its value does. */
  default @Nullable Measure cases() {
    return switch (this) {
      case Sum sum -> sum.measure().cases();
      case Difference difference -> difference.from().cases();
      case Ratio ratio -> ratio.whole().cases();
      case Stock stock -> null;
      case SoldShare share -> Measure.NEW_LISTINGS;
      case Distinct distinct -> null;
    };
  }
}

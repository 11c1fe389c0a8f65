package com.freelync.control.analytics;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer with its values.
 *
 * @param period begin of its period, by the clock of Addis Ababa; null where time is not cut
 * @param group its value of each dimension that is broken down by
 * @param values ETB with two decimals, counts, or fractions with four decimals; null for a rate
 *     over nothing and for what is suppressed
 * @param suppressed whether a count of fewer than five people was left out
 */
public record Row(
    @Nullable LocalDateTime period,
    Map<Dimension, String> group,
    Map<Metric, @Nullable BigDecimal> values,
    boolean suppressed) {
  public Row {
    group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    values = Collections.unmodifiableMap(new EnumMap<>(values));
  }

  /** A metric's value. */
  public @Nullable BigDecimal value(Metric metric) {
    return values.get(metric);
  }
}

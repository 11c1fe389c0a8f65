package com.freelync.control.analytics;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

  /** A period in which nothing happened: money and counts are zero, rates are of nothing. */
  public static Row empty(LocalDateTime period, Set<Metric> metrics) {
    Map<Metric, @Nullable BigDecimal> nothing = new EnumMap<>(Metric.class);
    metrics.forEach(metric -> nothing.put(metric, metric.nothing()));
    return new Row(period, Map.of(), nothing, false);
  }

  /** A metric's value. */
  public @Nullable BigDecimal value(Metric metric) {
    return values.get(metric);
  }

  /** Its values by the names of the interface. */
  @SuppressWarnings("NullAway") // a map of JSON: its values may be null
  public Map<String, Object> named() {
    Map<String, Object> named = new LinkedHashMap<>();
    values.forEach((metric, value) -> named.put(metric.wireName(), value));
    return named;
  }

  /** Its groups and values by the names of the interface, and whether something was left out. */
  public Map<String, Object> namedWithGroup() {
    Map<String, Object> named = new LinkedHashMap<>();
    group.forEach((dimension, value) -> named.put(dimension.wireName(), value));
    named.putAll(named());
    if (suppressed) {
      named.put("suppressed", true);
    }
    return named;
  }
}

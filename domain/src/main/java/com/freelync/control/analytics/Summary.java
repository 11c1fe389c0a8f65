package com.freelync.control.analytics;

import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything at a glance: every metric of a time, and by each dimension those that have it.
 *
 * @param totals every metric over the whole time
 * @param breakdowns by dimension its parts, each with the metrics that have the dimension
 */
public record Summary(Row totals, Map<Dimension, List<Row>> breakdowns) {
  public Summary {
    breakdowns = Map.copyOf(breakdowns);
  }

  /** Reads a time, which does not include its end. */
  public static Summary read(Reading reading, LocalDateTime from, LocalDateTime to) {
    Map<Dimension, List<Row>> breakdowns = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      breakdowns.put(
          dimension,
          reading.answer(
              Question.total(Metric.having(dimension), from, to).by(List.of(dimension))));
    }
    Row totals = reading.answer(Question.total(Metric.all(), from, to)).getFirst();
    return new Summary(totals, breakdowns);
  }

  /** The breakdowns by the names of the interface, in the order of dimensions. */
  public Map<String, List<Map<String, Object>>> namedBreakdowns() {
    Map<String, List<Map<String, Object>>> named = new LinkedHashMap<>();
    for (Dimension dimension : Dimension.values()) {
      named.put(
          dimension.wireName(),
          breakdowns.getOrDefault(dimension, List.of()).stream().map(Row::namedWithGroup).toList());
    }
    return named;
  }
}

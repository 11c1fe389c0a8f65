package com.freelync.control.analytics;

import java.time.LocalDateTime;
import java.util.ArrayList;
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
    List<List<Dimension>> asked = new ArrayList<>(List.of(List.of()));
    for (Dimension dimension : Dimension.values()) {
      asked.add(List.of(dimension));
    }
    List<List<Row>> answers = reading.answers(from, to, asked);
    Map<Dimension, List<Row>> breakdowns = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      breakdowns.put(dimension, answers.get(1 + dimension.ordinal()));
    }
    Row totals = answers.getFirst().getFirst();
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

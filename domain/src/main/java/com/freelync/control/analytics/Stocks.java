package com.freelync.control.analytics;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was on offer at the begin and the end of each period, by running sums. */
final class Stocks {
  private Stocks() {}

  /** Listings on offer at the begin and at the end of a part's time. */
  record Stock(long begin, long end) {}

  /**
   * The stock of each part, also of those in which nothing changed.
   *
   * @param before what came and went before the question's time
   * @param within what came and went in it
   * @param now periods that begin later have no stock
   */
  static Map<Part, Stock> of(
      Question question,
      Map<Part, Map<Measure, Long>> before,
      Map<Part, Map<Measure, Long>> within,
      LocalDateTime now) {
    Set<List<String>> groups = new LinkedHashSet<>();
    before.keySet().forEach(part -> groups.add(part.group()));
    within.keySet().forEach(part -> groups.add(part.group()));
    Map<Part, Stock> stocks = new HashMap<>();
    for (List<String> group : groups) {
      long stock = net(before.get(new Part(null, group)));
      for (LocalDateTime period : periods(question, now)) {
        Part part = new Part(period, group);
        long end = stock + net(within.get(part));
        stocks.put(part, new Stock(stock, end));
        stock = end;
      }
    }
    return stocks;
  }

  private static List<@Nullable LocalDateTime> periods(Question question, LocalDateTime now) {
    List<@Nullable LocalDateTime> periods = new ArrayList<>();
    MetricPeriod grain = question.grain();
    if (grain == null) {
      periods.add(null);
      return periods;
    }
    LocalDateTime end = question.to().isBefore(now) ? question.to() : now;
    for (LocalDateTime start = grain.start(question.from());
        start.isBefore(end);
        start = grain.plus(start, 1)) {
      periods.add(start);
    }
    return periods;
  }

  private static long net(@Nullable Map<Measure, Long> sums) {
    return sums == null
        ? 0
        : sums.getOrDefault(Measure.NEW_LISTINGS, 0L)
            - sums.getOrDefault(Measure.SOLD_LISTINGS, 0L)
            - sums.getOrDefault(Measure.CLOSED_LISTINGS, 0L);
  }
}

package com.freelync.control.analytics;

import com.freelync.control.analytics.Formula.Difference;
import com.freelync.control.analytics.Formula.Distinct;
import com.freelync.control.analytics.Formula.Ratio;
import com.freelync.control.analytics.Formula.SoldShare;
import com.freelync.control.analytics.Formula.Stock;
import com.freelync.control.analytics.Formula.Sum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the rows of an answer of what was summed. */
final class Rows {
  /** Fewer people than this in a part are not told (SPEC AN-9). */
  static final int SMALLEST_GROUP = 5;

  private final Question question;
  private final Map<Part, Map<Measure, Long>> sums;
  private final Map<Part, Stocks.Stock> stocks;
  private final Map<Part, Long> active;

  private Rows(
      Question question,
      Map<Part, Map<Measure, Long>> sums,
      Map<Part, Stocks.Stock> stocks,
      Map<Part, Long> active) {
    this.question = question;
    this.sums = sums;
    this.stocks = stocks;
    this.active = active;
  }

  static List<Row> of(
      Question question,
      Map<Part, Map<Measure, Long>> sums,
      Map<Part, Stocks.Stock> stocks,
      Map<Part, Long> active) {
    boolean isOne = question.grain() == null && question.groupBy().isEmpty();
    Set<Part> parts = new HashSet<>(sums.keySet());
    parts.addAll(stocks.keySet());
    parts.addAll(active.keySet());
    if (isOne) {
      parts.add(new Part(null, List.of()));
    }
    Rows rows = new Rows(question, sums, stocks, active);
    List<Row> answer = new ArrayList<>();
    for (Part part : new TreeSet<>(parts)) {
      Map<Metric, @Nullable BigDecimal> values = rows.values(part);
      if (isOne
          || values.values().stream().anyMatch(value -> value != null && value.signum() != 0)) {
        answer.add(rows.row(part, values));
      }
    }
    return answer;
  }

  private Map<Metric, @Nullable BigDecimal> values(Part part) {
    Map<Metric, @Nullable BigDecimal> values = new EnumMap<>(Metric.class);
    for (Metric metric : question.metrics()) {
      values.put(metric, value(metric, part));
    }
    return values;
  }

  private Row row(Part part, Map<Metric, @Nullable BigDecimal> values) {
    boolean suppressed = false;
    if (question.isOfPart()) {
      for (Metric metric : question.metrics()) {
        if (isSmall(metric, part, values.get(metric))) {
          values.put(metric, null);
          suppressed = true;
        }
      }
    }
    Map<Dimension, String> group = new LinkedHashMap<>();
    for (int i = 0; i < part.group().size(); i++) {
      group.put(question.groupBy().get(i), part.group().get(i));
    }
    return new Row(part.period(), group, values, suppressed);
  }

  /** A share of a few people tells of them as their number does. */
  private boolean isSmall(Metric metric, Part part, @Nullable BigDecimal value) {
    if (metric == Metric.VERIFICATION_RATE) {
      long people = sum(part, Measure.NEW_USERS);
      return people > 0 && people < SMALLEST_GROUP;
    }
    return metric.unit() == Metric.Unit.PEOPLE
        && value != null
        && value.signum() > 0
        && value.compareTo(BigDecimal.valueOf(SMALLEST_GROUP)) < 0;
  }

  private @Nullable BigDecimal value(Metric metric, Part part) {
    return switch (metric.formula()) {
      case Sum sum -> amount(metric, sum(part, sum.measure()));
      case Difference difference ->
          amount(metric, sum(part, difference.from()) - sum(part, difference.less()));
      case Ratio ratio -> share(sum(part, ratio.part()), sum(part, ratio.whole()));
      case Stock stock -> BigDecimal.valueOf(stock(part).end());
      case SoldShare share ->
          share(
              sum(part, Measure.SOLD_LISTINGS),
              stock(part).begin() + sum(part, Measure.NEW_LISTINGS));
      case Distinct distinct -> BigDecimal.valueOf(active.getOrDefault(part, 0L));
    };
  }

  private static BigDecimal amount(Metric metric, long value) {
    return metric.unit() == Metric.Unit.ETB
        ? BigDecimal.valueOf(value, 2)
        : BigDecimal.valueOf(value);
  }

  private static @Nullable BigDecimal share(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_UP);
  }

  private Stocks.Stock stock(Part part) {
    return Objects.requireNonNullElse(stocks.get(part), new Stocks.Stock(0, 0));
  }

  private long sum(Part part, Measure measure) {
    return sums.getOrDefault(part, Map.of()).getOrDefault(measure, 0L);
  }
}

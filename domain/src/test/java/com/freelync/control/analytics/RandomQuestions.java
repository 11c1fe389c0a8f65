package com.freelync.control.analytics;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Questions that people might ask, and some that nobody would. */
final class RandomQuestions {
  private RandomQuestions() {}

  static Question next(Random random, LocalDate until) {
    List<Dimension> possible = new ArrayList<>(List.of(Dimension.values()));
    Set<Metric> metrics = EnumSet.noneOf(Metric.class);
    int wanted = 1 + random.nextInt(4);
    while (metrics.size() < wanted) {
      Metric metric = Metric.values()[random.nextInt(Metric.values().length)];
      metrics.add(metric);
      possible.retainAll(metric.dimensions());
    }
    List<Dimension> groupBy = new ArrayList<>();
    List<Filter> filters = new ArrayList<>();
    for (Dimension dimension : possible) {
      if (random.nextInt(3) == 0) {
        groupBy.add(dimension);
      }
      if (random.nextInt(4) == 0) {
        filters.add(new Filter(dimension, random.nextInt(4) > 0, values(dimension, random)));
      }
    }
    MetricPeriod grain =
        random.nextInt(3) == 0
            ? null
            : MetricPeriod.values()[random.nextInt(MetricPeriod.values().length)];
    LocalDateTime a = time(random, until, grain);
    LocalDateTime b = time(random, until, grain);
    if (grain == MetricPeriod.HOURLY) {
      b = a.plusHours(random.nextInt(24 * 10)).plusSeconds(random.nextInt(2) * 77);
    }
    return new Question(
        metrics, a.isBefore(b) ? a : b, a.isBefore(b) ? b : a, grain, groupBy, filters);
  }

  private static LocalDateTime time(Random random, LocalDate until, @Nullable MetricPeriod grain) {
    LocalDateTime at = until.plusDays(5).atStartOfDay().minusSeconds(random.nextInt(86_400 * 450));
    return switch (random.nextInt(6)) {
      case 0 -> at;
      case 1 -> MetricPeriod.HOURLY.start(at);
      case 2 -> MetricPeriod.DAILY.start(at).plusSeconds(random.nextInt(3) - 1);
      case 3 -> MetricPeriod.MONTHLY.start(at);
      case 4 -> MetricPeriod.YEARLY.start(at);
      default -> grain == null ? MetricPeriod.DAILY.start(at) : grain.start(at);
    };
  }

  private static Set<String> values(Dimension dimension, Random random) {
    List<String> known =
        switch (dimension) {
          case CATEGORY -> List.of("property", "vehicle", "unknown");
          case REGION -> List.of("Addis Ababa", "Dire Dawa", "unknown", "Nowhere");
          case USER_TYPE -> List.of("buyer", "seller");
        };
    Set<String> values = new TreeSet<>();
    values.add(known.get(random.nextInt(known.size())));
    values.add(known.get(random.nextInt(known.size())));
    return values;
  }
}

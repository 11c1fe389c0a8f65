package com.freelync.control.analytics;

import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the data.
 *
 * @param metrics what is asked for
 * @param from begin of the time asked about, by the clock of Addis Ababa
 * @param to its end, which does not belong to it
 * @param grain how it is cut into periods; null for one value of the whole time
 * @param groupBy what it is broken down by
 * @param filters what is left out
 */
public record Question(
    Set<Metric> metrics,
    LocalDateTime from,
    LocalDateTime to,
    @Nullable MetricPeriod grain,
    List<Dimension> groupBy,
    List<Filter> filters) {
  public Question {
    metrics = EnumSet.copyOf(metrics);
    groupBy = List.copyOf(groupBy);
    filters = List.copyOf(filters);
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("a range ends before it begins");
    }
    for (Metric metric : metrics) {
      for (Dimension dimension : groupBy) {
        require(metric, dimension);
      }
      for (Filter filter : filters) {
        require(metric, filter.dimension());
      }
    }
  }

  private static void require(Metric metric, Dimension dimension) {
    if (!metric.dimensions().contains(dimension)) {
      throw new IllegalArgumentException(
          metric.wireName() + " has no dimension " + dimension.wireName());
    }
  }

  /** The totals of some metrics over a time. */
  public static Question total(Set<Metric> metrics, LocalDateTime from, LocalDateTime to) {
    return new Question(metrics, from, to, null, List.of(), List.of());
  }

  /** The same, cut into periods. */
  public Question by(MetricPeriod period) {
    return new Question(metrics, from, to, period, groupBy, filters);
  }

  /** The same, broken down. */
  public Question by(List<Dimension> dimensions) {
    return new Question(metrics, from, to, grain, dimensions, filters);
  }

  /** The same over another time. */
  public Question over(LocalDateTime newFrom, LocalDateTime newTo) {
    return new Question(metrics, newFrom, newTo, grain, groupBy, filters);
  }

  /** Whether an answer may tell of a few people: of a part, not of all. */
  boolean isOfPart() {
    return !groupBy.isEmpty() || !filters.isEmpty();
  }
}

package com.freelync.control.analytics;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The time before the time asked about, like for like. */
final class Trend {
  private Trend() {}

  /**
   * What a time is compared with: as many months before where it is whole months, else as much time
   * before. Of a time that still runs only the part until now is compared, with the same part.
   */
  static TimeRange before(LocalDateTime from, LocalDateTime to, LocalDateTime now) {
    LocalDateTime begin;
    if (isMonth(from) && isMonth(to)) {
      begin = from.minusMonths(ChronoUnit.MONTHS.between(from, to));
    } else {
      begin = from.minus(Duration.between(from, to));
    }
    boolean isRunning = from.isBefore(now) && now.isBefore(to);
    LocalDateTime end = isRunning ? begin.plus(Duration.between(from, now)) : from;
    return new TimeRange(begin, end.isAfter(from) ? from : end);
  }

  private static boolean isMonth(LocalDateTime at) {
    return MetricPeriod.MONTHLY.start(at).equals(at);
  }

  /**
   * The change of each metric.
   *
   * @return by metric {@code difference} and {@code percent} of the previous value with two
   *     decimals; null where one of the values is missing, and for a percentage of zero
   */
  static Map<String, Change> changes(Row now, Row before) {
    Map<String, Change> changes = new LinkedHashMap<>();
    now.values()
        .forEach(
            (metric, value) ->
                changes.put(metric.wireName(), Change.between(before.value(metric), value)));
    return changes;
  }
}

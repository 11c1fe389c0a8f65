package com.freelync.control.automation;

import io.temporal.client.schedules.ScheduleCalendarSpec;
import io.temporal.client.schedules.ScheduleRange;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Times as Temporal's schedules say them. It is given the numbers of each field, so that only one
 * of us reads what people wrote.
 */
final class TickSpec {
  private TickSpec() {}

  static ScheduleSpec of(Times times) {
    return switch (times) {
      case Times.Again again -> again(again.cron());
      case Times.Once once -> once(once.at());
    };
  }

  private static ScheduleSpec again(CronTimes cron) {
    return spec(
        cron.zone().getId(),
        ScheduleCalendarSpec.newBuilder()
            .setMinutes(ranges(cron.minutes()))
            .setHour(ranges(cron.hours()))
            .setDayOfMonth(ranges(cron.daysOfMonth()))
            .setMonth(ranges(cron.months()))
            .setDayOfWeek(ranges(cron.daysOfWeek()))
            .setComment(cron.expression())
            .build());
  }

  private static ScheduleSpec once(Instant at) {
    ZonedDateTime utc = at.atZone(ZoneOffset.UTC);
    return spec(
        "UTC",
        ScheduleCalendarSpec.newBuilder()
            .setSeconds(ranges(List.of(utc.getSecond())))
            .setMinutes(ranges(List.of(utc.getMinute())))
            .setHour(ranges(List.of(utc.getHour())))
            .setDayOfMonth(ranges(List.of(utc.getDayOfMonth())))
            .setMonth(ranges(List.of(utc.getMonthValue())))
            .setYear(ranges(List.of(utc.getYear())))
            .setComment("once")
            .build());
  }

  private static ScheduleSpec spec(String zone, ScheduleCalendarSpec calendar) {
    return ScheduleSpec.newBuilder().setCalendars(List.of(calendar)).setTimeZoneName(zone).build();
  }

  /** Consecutive numbers are one range. */
  private static List<ScheduleRange> ranges(List<Integer> numbers) {
    List<ScheduleRange> ranges = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= numbers.size(); i++) {
      if (i == numbers.size() || numbers.get(i) != numbers.get(i - 1) + 1) {
        ranges.add(new ScheduleRange(numbers.get(from), numbers.get(i - 1)));
        from = i;
      }
    }
    return ranges;
  }

  /** Whether two specs have the same instants, in whatever ranges they say them. */
  static boolean isSame(ScheduleSpec one, ScheduleSpec other) {
    return said(one).equals(said(other));
  }

  private static List<Object> said(ScheduleSpec spec) {
    List<Object> said = new ArrayList<>();
    for (ScheduleCalendarSpec calendar : spec.getCalendars()) {
      said.add(
          List.of(
              numbers(calendar.getSeconds()),
              numbers(calendar.getMinutes()),
              numbers(calendar.getHour()),
              numbers(calendar.getDayOfMonth()),
              numbers(calendar.getMonth()),
              numbers(calendar.getYear()),
              numbers(calendar.getDayOfWeek())));
    }
    said.add(String.valueOf(spec.getTimeZoneName()));
    boolean hasMore =
        !(isNone(spec.getIntervals())
                && isNone(spec.getCronExpressions())
                && isNone(spec.getSkip()))
            || spec.getStartAt() != null
            || spec.getEndAt() != null
            || (spec.getJitter() != null && !spec.getJitter().isZero());
    said.add(hasMore);
    return said;
  }

  private static boolean isNone(List<?> list) {
    return list == null || list.isEmpty();
  }

  private static TreeSet<Integer> numbers(List<ScheduleRange> ranges) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (ScheduleRange range : ranges) {
      int to = Math.max(range.getStart(), range.getEnd());
      for (int n = range.getStart(); n <= to; n += Math.max(1, range.getStep())) {
        numbers.add(n);
      }
    }
    return numbers;
  }
}

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
import java.util.stream.IntStream;

/**
 * Times as Temporal's schedules say them. It is given the numbers of each field, so that only one
 * of us reads what people wrote.
 */
public final class TickSpec {
  private static final int MINUTES_OF_A_DAY = 24 * 60;

  private TickSpec() {}

  /** The spec, whose instants are at least those of the times. */
  public static ScheduleSpec of(Times times) {
    return switch (times) {
      case Times.Again again -> again(again.cron());
      case Times.Once once -> once(once.at());
    };
  }

  private static ScheduleSpec again(CronTimes cron) {
    List<ZoneOffset> offsets = cron.offsets();
    return offsets.size() == 1
        ? spec(
            cron.zone().getId(),
            calendar(
                cron,
                cron.minutes(),
                cron.hours(),
                cron.daysOfMonth(),
                cron.months(),
                cron.daysOfWeek()))
        : ofEveryOffset(cron, offsets);
  }

  /**
   * Where a clock changes, Temporal's calendars leave out instants of the repeated hour and have
   * others that nobody asked for. So they are given in UTC for each offset of the zone, more than
   * there are, and the database takes those that are the automation's own.
   */
  private static ScheduleSpec ofEveryOffset(CronTimes cron, List<ZoneOffset> offsets) {
    TreeSet<Integer> minutes = new TreeSet<>();
    TreeSet<Integer> hours = new TreeSet<>();
    boolean isSameDay = true;
    for (ZoneOffset offset : offsets) {
      for (int hour : cron.hours()) {
        for (int minute : cron.minutes()) {
          int utc = hour * 60 + minute - Math.floorDiv(offset.getTotalSeconds(), 60);
          isSameDay &= utc >= 0 && utc < MINUTES_OF_A_DAY;
          int ofDay = Math.floorMod(utc, MINUTES_OF_A_DAY);
          hours.add(ofDay / 60);
          minutes.add(ofDay % 60);
        }
      }
    }
    return spec(
        "UTC",
        calendar(
            cron,
            List.copyOf(minutes),
            List.copyOf(hours),
            isSameDay ? cron.daysOfMonth() : upTo(1, 31),
            isSameDay ? cron.months() : upTo(1, 12),
            isSameDay ? cron.daysOfWeek() : upTo(0, 6)));
  }

  private static List<Integer> upTo(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }

  private static ScheduleCalendarSpec calendar(
      CronTimes cron,
      List<Integer> minutes,
      List<Integer> hours,
      List<Integer> daysOfMonth,
      List<Integer> months,
      List<Integer> daysOfWeek) {
    return ScheduleCalendarSpec.newBuilder()
        .setMinutes(ranges(minutes))
        .setHour(ranges(hours))
        .setDayOfMonth(ranges(daysOfMonth))
        .setMonth(ranges(months))
        .setDayOfWeek(ranges(daysOfWeek))
        .setComment(cron.expression() + " in " + cron.zone().getId())
        .build();
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

package com.freelync.control.automation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.stream.Stream;

/**
 * The instants of a cron expression of five fields in a time zone. All fields match, day of month
 * and weekday too, as in Temporal's schedules; a local time that the clock leaps over has no
 * instant, one that it shows twice has two; after the year 2100 there are none.
 *
 * @param expression as people wrote it
 * @param daysOfWeek 0 is Sunday
 */
public record CronTimes(
    String expression,
    List<Integer> minutes,
    List<Integer> hours,
    List<Integer> daysOfMonth,
    List<Integer> months,
    List<Integer> daysOfWeek,
    ZoneId zone) {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final LocalDate LAST = LocalDate.of(2100, 12, 31);

  public CronTimes {
    minutes = List.copyOf(minutes);
    hours = List.copyOf(hours);
    daysOfMonth = List.copyOf(daysOfMonth);
    months = List.copyOf(months);
    daysOfWeek = List.copyOf(daysOfWeek);
  }

  /**
   * Reads an expression: minute, hour, day of month, month, weekday.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static CronTimes parse(String expression, ZoneId zone) {
    String[] fields = expression.strip().split("[ \\t]+");
    if (fields.length != CronField.values().length) {
      throw new IllegalArgumentException("it has " + fields.length + " fields");
    }
    return new CronTimes(
        expression,
        CronField.MINUTE.parse(fields[0]),
        CronField.HOUR.parse(fields[1]),
        CronField.DAY.parse(fields[2]),
        CronField.MONTH.parse(fields[3]),
        CronField.WEEKDAY.parse(fields[4]),
        zone);
  }

  /** The times of a trigger, which was read before. */
  public static CronTimes of(Trigger.Cron trigger) {
    return parse(trigger.expression(), trigger.zone());
  }

  /** Its instants after another one, in order. */
  public Stream<Instant> after(Instant instant) {
    // The day before too: a clock that is set back at midnight shows the end of a day twice.
    LocalDate first = instant.atZone(zone).toLocalDate().minusDays(1);
    return Stream.iterate(first, day -> !day.isAfter(LAST), day -> day.plusDays(1))
        .filter(this::matches)
        .flatMap(this::instants)
        .filter(at -> at.isAfter(instant));
  }

  /** Whether it has any instant at all: 30 February has none. */
  public boolean isEver() {
    return after(LONG_AGO).findFirst().isPresent();
  }

  /** Every offset from UTC that its zone has had since 2020, or will have: one, or several. */
  public List<ZoneOffset> offsets() {
    ZoneRules rules = zone.getRules();
    Stream<ZoneOffset> known =
        rules.getTransitions().stream()
            .filter(change -> change.getInstant().isAfter(LONG_AGO))
            .flatMap(change -> Stream.of(change.getOffsetBefore(), change.getOffsetAfter()));
    Stream<ZoneOffset> ruled =
        rules.getTransitionRules().stream()
            .flatMap(rule -> Stream.of(rule.getOffsetBefore(), rule.getOffsetAfter()));
    return Stream.concat(Stream.of(rules.getOffset(LONG_AGO)), Stream.concat(known, ruled))
        .distinct()
        .toList();
  }

  /** Whether an instant is one of its own. */
  public boolean isAt(Instant instant) {
    ZonedDateTime local = instant.atZone(zone);
    return local.getSecond() == 0
        && local.getNano() == 0
        && minutes.contains(local.getMinute())
        && hours.contains(local.getHour())
        && matches(local.toLocalDate());
  }

  private boolean matches(LocalDate day) {
    return months.contains(day.getMonthValue())
        && daysOfMonth.contains(day.getDayOfMonth())
        && daysOfWeek.contains(day.getDayOfWeek().getValue() % 7);
  }

  private Stream<Instant> instants(LocalDate day) {
    return hours.stream()
        .flatMap(hour -> minutes.stream().map(minute -> day.atTime(hour, minute)))
        .flatMap(
            local -> {
              List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
              return offsets.stream().map(local::toInstant);
            })
        .sorted();
  }
}

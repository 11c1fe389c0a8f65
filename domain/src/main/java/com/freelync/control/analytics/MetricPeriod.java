package com.freelync.control.analytics;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The lengths of periods. They begin by the clock of Addis Ababa; weeks begin on Monday. */
public enum MetricPeriod {
  HOURLY("hour"),
  DAILY("day"),
  WEEKLY("week"),
  MONTHLY("month"),
  YEARLY("year");

  private final String field;

  MetricPeriod(String field) {
    this.field = field;
  }

  /** PostgreSQL's word for it in {@code date_trunc}. */
  String field() {
    return field;
  }

  /** The begin of the period that an instant of business time lies in. */
  public LocalDateTime start(LocalDateTime at) {
    LocalDateTime day = at.truncatedTo(ChronoUnit.DAYS);
    return switch (this) {
      case HOURLY -> at.truncatedTo(ChronoUnit.HOURS);
      case DAILY -> day;
      case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTHLY -> day.withDayOfMonth(1);
      case YEARLY -> day.withDayOfYear(1);
    };
  }

  /** The begin of a period some periods later, or earlier. */
  public LocalDateTime plus(LocalDateTime start, long periods) {
    return switch (this) {
      case HOURLY -> start.plusHours(periods);
      case DAILY -> start.plusDays(periods);
      case WEEKLY -> start.plusWeeks(periods);
      case MONTHLY -> start.plusMonths(periods);
      case YEARLY -> start.plusYears(periods);
    };
  }

  /** The begin of the first period that does not begin before this. */
  LocalDateTime ceiling(LocalDateTime at) {
    LocalDateTime start = start(at);
    return start.equals(at) ? at : plus(start, 1);
  }

  /** Its name in sentences, such as {@code daily}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package com.freelync.control.sandbox.marketplace.generator;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * When things happen: four years up to a last day, with growth, a week, seasons, and days that are
 * busiest in the afternoon. Times are epoch milliseconds; Addis Ababa is UTC+3 all year.
 */
final class BusinessCalendar {
  static final long HOUR = 3_600_000L;
  static final long DAY = 24 * HOUR;
  static final int DAYS = 4 * 365;

  /** Share of a day's business in each hour from midnight, cumulated and in thousandths. */
  private static final int[] HOURS = {
    0, 4, 7, 9, 10, 12, 18, 32, 62, 118, 190, 268, 340, 398, 466, 544, 624, 702, 772, 832, 884, 926,
    959, 983, 1000
  };

  private final long firstMidnight;
  private final double[] cumulated = new double[DAYS + 1];

  BusinessCalendar(LocalDate until) {
    LocalDate first = until.minusDays(DAYS - 1);
    firstMidnight = first.toEpochDay() * DAY - 3 * HOUR;
    for (int day = 0; day < DAYS; day++) {
      cumulated[day + 1] = cumulated[day] + weight(first.plusDays(day), day);
    }
  }

  private static double weight(LocalDate date, int day) {
    double growth = StrictMath.exp(1.9 * day / DAYS);
    double week =
        date.getDayOfWeek() == DayOfWeek.SUNDAY
            ? 0.55
            : date.getDayOfWeek() == DayOfWeek.SATURDAY ? 1.15 : 1.0;
    // Rains slow business in July and August; the new year in September brings it back.
    double season =
        1 + 0.18 * StrictMath.cos(2 * StrictMath.PI * (date.getDayOfYear() - 290) / 365);
    return growth * week * season;
  }

  /** The first instant with business. */
  long start() {
    return firstMidnight;
  }

  /** The first instant after the last day. */
  long end() {
    return firstMidnight + DAYS * DAY;
  }

  /** The instant by which this share (0 to 1) of all business is done; it never goes back. */
  long at(double share) {
    double target = share * cumulated[DAYS];
    int found = Arrays.binarySearch(cumulated, target);
    int day = Math.min(DAYS - 1, found >= 0 ? found : -found - 2);
    double ofDay = (target - cumulated[day]) / (cumulated[day + 1] - cumulated[day]) * 1000;
    int hour = 0;
    while (hour < 23 && HOURS[hour + 1] <= ofDay) {
      hour++;
    }
    double ofHour = (ofDay - HOURS[hour]) / (HOURS[hour + 1] - HOURS[hour]);
    long within = Math.min(DAY - 1, (long) ((hour + Math.min(ofHour, 0.9999999)) * HOUR));
    return firstMidnight + day * DAY + within;
  }
}

package com.freelync.control.analytics;

import com.freelync.control.condition.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** The clock of Addis Ababa, by which periods begin and end. */
public final class BusinessTime {
  private BusinessTime() {}

  /** What the clock shows at an instant. */
  public static LocalDateTime at(Instant instant) {
    return LocalDateTime.ofInstant(instant, Values.BUSINESS_ZONE);
  }

  /** The business day of an instant. */
  public static LocalDate day(Instant instant) {
    return at(instant).toLocalDate();
  }

  /** When the clock shows this. */
  public static Instant instant(LocalDateTime clock) {
    return clock.atZone(Values.BUSINESS_ZONE).toInstant();
  }
}

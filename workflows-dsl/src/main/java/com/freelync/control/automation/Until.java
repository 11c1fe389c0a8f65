package com.freelync.control.automation;

import com.freelync.control.condition.Values;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;

/** How long a run waits. */
public sealed interface Until {
  /** So long. */
  record For(Duration duration) implements Until {}

  /** Until then; not at all where that is past. */
  record At(Instant instant) implements Until {}

  /** Longer than anybody means: ten years. */
  Duration LONGEST = Duration.ofDays(3660);

  /**
   * Reads {@code PT10M}, {@code P30D}, an RFC 3339 time, or a date as its first instant in the
   * business time zone; empty if it is none of these, or longer than {@link #LONGEST}.
   */
  static Optional<Until> parse(Object value) {
    if (!(value instanceof String text)) {
      return Optional.empty();
    }
    return text.startsWith("P") ? duration(text).map(For::new) : Values.instant(text).map(At::new);
  }

  /** A positive duration of at most {@link #LONGEST}. */
  static Optional<Duration> duration(String text) {
    try {
      Duration duration = text.contains("T") ? Duration.parse(text) : days(Period.parse(text));
      return duration.isPositive() && duration.compareTo(LONGEST) < 0
          ? Optional.of(duration)
          : Optional.empty();
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Months and years are of no length. */
  private static Duration days(Period period) {
    return period.toTotalMonths() == 0 ? Duration.ofDays(period.getDays()) : Duration.ZERO;
  }

  /** The instant, for one who begins to wait now. */
  default Instant from(Instant now) {
    return switch (this) {
      case For wait -> now.plus(wait.duration());
      case At at -> at.instant();
    };
  }
}

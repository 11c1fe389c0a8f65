package com.freelync.control.automation.safety;

import com.freelync.control.automation.ActionLimits;
import com.freelync.control.condition.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a limit counts, and in which window: windows are fixed. */
public enum LimitMeasure {
  /** Calls, from the full hour. */
  COUNT_PER_HOUR("max_per_hour", "PT1H", "count"),
  /** Calls of a business day. */
  COUNT_PER_DAY("max_per_day", "P1D", "count"),
  /** ETB of a business day. */
  AMOUNT_PER_DAY("max_total_amount", "P1D", "amount");

  private final String field;
  private final String window;
  private final String measure;

  LimitMeasure(String field, String window, String measure) {
    this.field = field;
    this.window = window;
    this.measure = measure;
  }

  /** The key of the setting that says how much there may be of an action. */
  public String setting(String action) {
    return "limits." + action + "." + field;
  }

  /** The window's length, as an ISO 8601 duration. */
  public String window() {
    return window;
  }

  /** What is counted: {@code count} or {@code amount}. */
  public String measure() {
    return measure;
  }

  /** The limit of this measure among an action's; empty if there is none. */
  public Optional<BigDecimal> of(ActionLimits limits) {
    @Nullable Number limit =
        switch (this) {
          case COUNT_PER_HOUR -> limits.maxPerHour();
          case COUNT_PER_DAY -> limits.maxPerDay();
          case AMOUNT_PER_DAY -> limits.maxTotalAmount();
        };
    return Optional.ofNullable(limit).map(number -> new BigDecimal(number.toString()));
  }

  /** How much a call takes of it. */
  public BigDecimal taken(BigDecimal amount) {
    return this == AMOUNT_PER_DAY ? amount : BigDecimal.ONE;
  }

  /** The beginning of the window in which an instant lies. */
  public Instant start(Instant now) {
    ZonedDateTime local = now.atZone(Values.BUSINESS_ZONE);
    return this == COUNT_PER_HOUR
        ? local.truncatedTo(ChronoUnit.HOURS).toInstant()
        : local.toLocalDate().atStartOfDay(Values.BUSINESS_ZONE).toInstant();
  }

  /** The end of the window that begins at an instant. */
  public Instant end(Instant start) {
    return this == COUNT_PER_HOUR
        ? start.plus(Duration.ofHours(1))
        : start
            .atZone(Values.BUSINESS_ZONE)
            .toLocalDate()
            .plusDays(1)
            .atStartOfDay(Values.BUSINESS_ZONE)
            .toInstant();
  }

  String inWords(BigDecimal limit) {
    return switch (this) {
      case COUNT_PER_HOUR -> limit.toPlainString() + " an hour";
      case COUNT_PER_DAY -> limit.toPlainString() + " a day";
      case AMOUNT_PER_DAY -> limit.toPlainString() + " ETB a day";
    };
  }
}

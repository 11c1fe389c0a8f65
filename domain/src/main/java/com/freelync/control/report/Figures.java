package com.freelync.control.report;

import com.freelync.control.analytics.Metric;
import com.freelync.control.condition.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and times as people read them, in English. */
final class Figures {
  private static final String NOTHING = "–";
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);

  private Figures() {}

  /** A metric's value with its unit's decimals; a dash where there is none. */
  static String value(Metric metric, @Nullable BigDecimal value) {
    if (value == null) {
      return NOTHING;
    }
    return switch (metric.unit()) {
      case ETB -> decimal(value, "#,##0.00");
      case RATE -> decimal(value.movePointRight(2), "0.00") + " %";
      case COUNT, PEOPLE -> decimal(value, "#,##0");
    };
  }

  /** A change in percent, with its sign. */
  static String percent(@Nullable BigDecimal percent) {
    if (percent == null) {
      return NOTHING;
    }
    String sign = percent.signum() > 0 ? "+" : percent.signum() < 0 ? "−" : "";
    return sign + decimal(percent.abs(), "#,##0.00") + " %";
  }

  /** A metric's name in words. */
  static String name(Metric metric) {
    String words = metric.wireName().replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT)
        + words.substring(1)
        + (metric.unit() == Metric.Unit.ETB ? ", ETB" : "");
  }

  static String day(LocalDateTime at) {
    return DAY.format(at);
  }

  /** An instant by the clock of Addis Ababa. */
  static String minute(Instant at) {
    return MINUTE.format(at.atZone(Values.BUSINESS_ZONE));
  }

  private static String decimal(BigDecimal value, String pattern) {
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ENGLISH));
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(value);
  }
}

package com.freelync.control.alert;

import java.math.BigDecimal;
import java.util.Locale;

/** How a value stands to a threshold when a measured rule holds. */
public enum AlertComparison {
  GT("above"),
  GTE("at least"),
  LT("below"),
  LTE("at most");

  private final String words;

  AlertComparison(String words) {
    this.words = words;
  }

  /** Its name outside this program, such as {@code gte}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name for people, such as {@code at least}. */
  public String words() {
    return words;
  }

  /** Whether the value stands so to the threshold; scales do not matter. */
  public boolean holds(BigDecimal value, BigDecimal threshold) {
    int order = value.compareTo(threshold);
    return switch (this) {
      case GT -> order > 0;
      case GTE -> order >= 0;
      case LT -> order < 0;
      case LTE -> order <= 0;
    };
  }
}

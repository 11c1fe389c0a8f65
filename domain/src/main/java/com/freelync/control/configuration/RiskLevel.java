package com.freelync.control.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much a change may do. */
public enum RiskLevel {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** Its name at the interface. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The greater of the two. */
  RiskLevel atLeast(RiskLevel other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The level of this name. */
  public static Optional<RiskLevel> named(String name) {
    return Arrays.stream(values()).filter(level -> level.wireName().equals(name)).findFirst();
  }

  /** Every name. */
  public static List<String> names() {
    return Arrays.stream(values()).map(RiskLevel::wireName).toList();
  }
}

package com.freelync.control.alert;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How urgent an alert is. */
public enum AlertSeverity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** Its name outside this program, such as {@code high}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity of a name outside this program, if it is one. */
  public static Optional<AlertSeverity> read(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName().equals(wireName)).findFirst();
  }

  /** Every name outside this program, the least urgent first. */
  public static List<String> wireNames() {
    return Arrays.stream(values()).map(AlertSeverity::wireName).toList();
  }
}

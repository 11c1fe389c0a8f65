package com.freelync.control.analytics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What metrics are broken down by. */
public enum Dimension {
  CATEGORY(
      "The listing's category as it is now: property, vehicle, or unknown.",
      List.of("property", "vehicle", "unknown")),
  REGION(
      "The region as it is now: the listing's, or the user's for metrics of users; else unknown.",
      List.of()),
  USER_TYPE(
      "buyer or seller; who is both counts in both, and once in the total.",
      List.of("buyer", "seller"));

  private final String meaning;
  private final List<String> values;

  Dimension(String meaning, List<String> values) {
    this.meaning = meaning;
    this.values = values;
  }

  /** Its name at the interface and its column. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it means, in a sentence. */
  public String meaning() {
    return meaning;
  }

  /** All values it can have; empty where they are the marketplace's. */
  public List<String> knownValues() {
    return values;
  }

  /** The dimension of this name. */
  public static Optional<Dimension> named(String name) {
    return Arrays.stream(values()).filter(known -> known.wireName().equals(name)).findFirst();
  }
}

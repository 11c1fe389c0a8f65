package com.freelync.control.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Command line options of the form {@code --name value}. */
public final class Options {
  private final Map<String, String> values;

  private Options(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException for an unknown option or one without a value
   */
  public static Options parse(List<String> arguments, List<String> known) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i);
      if (!option.startsWith("--") || !known.contains(option.substring(2))) {
        throw new IllegalArgumentException(
            "Unknown option '" + option + "'; there are --" + String.join(", --", known));
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("Option " + option + " needs a value");
      }
      values.put(option.substring(2), arguments.get(i + 1));
    }
    return new Options(values);
  }

  /** The value given, or null. */
  public @Nullable String get(String name) {
    return values.get(name);
  }

  /** The value given, or another one. */
  public String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}

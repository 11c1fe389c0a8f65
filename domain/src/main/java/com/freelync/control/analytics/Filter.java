package com.freelync.control.analytics;

import java.util.Set;
import java.util.TreeSet;

/**
 * Leaves out rows by a dimension.
 *
 * @param isEqual whether the rows with one of the values are kept, else all the others
 */
public record Filter(Dimension dimension, boolean isEqual, Set<String> values) {
  public Filter {
    values = Set.copyOf(values);
  }

  /** Whether a value passes. */
  boolean passes(String value) {
    return values.contains(value) == isEqual;
  }

  /** The user types that pass: {@code buyer}, {@code seller}, both or none. */
  Set<String> userTypes() {
    Set<String> types = new TreeSet<>(Dimension.USER_TYPE.knownValues());
    types.removeIf(type -> !passes(type));
    return types;
  }
}

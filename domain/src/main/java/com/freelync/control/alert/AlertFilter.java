package com.freelync.control.alert;

import org.jspecify.annotations.Nullable;

/** Which alerts a list holds; what is null does not matter. */
public record AlertFilter(
    @Nullable String state, @Nullable String rule, @Nullable String severity) {
  /** Every alert. */
  public static final AlertFilter ALL = new AlertFilter(null, null, null);
}

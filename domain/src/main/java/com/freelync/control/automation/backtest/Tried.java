package com.freelync.control.automation.backtest;

import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.Definition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A definition that is tried on the past.
 *
 * @param limits the limits of its actions as they are now, by action
 */
record Tried(Definition definition, Map<String, ActionLimits> limits) {
  /** The limits of an action for this definition: its own where they are lower. */
  ActionLimits limits(String action) {
    ActionLimits everybody = limits.getOrDefault(action, ActionLimits.NONE);
    ActionLimits own = definition.limits().getOrDefault(action, ActionLimits.NONE);
    return new ActionLimits(
        lower(everybody.maxPerHour(), own.maxPerHour()),
        lower(everybody.maxPerDay(), own.maxPerDay()),
        lower(everybody.maxTotalAmount(), own.maxTotalAmount()));
  }

  private static <T extends Comparable<T>> @Nullable T lower(@Nullable T one, @Nullable T other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}

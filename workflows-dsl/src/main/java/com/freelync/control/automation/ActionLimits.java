package com.freelync.control.automation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much of an action there may be; null is no limit.
 *
 * @param maxPerHour calls in an hour that begins at the full one
 * @param maxPerDay calls in a business day
 * @param maxTotalAmount ETB in a business day
 */
public record ActionLimits(
    @Nullable Integer maxPerHour,
    @Nullable Integer maxPerDay,
    @Nullable BigDecimal maxTotalAmount) {
  /** No limit at all. */
  public static final ActionLimits NONE = new ActionLimits(null, null, null);
}

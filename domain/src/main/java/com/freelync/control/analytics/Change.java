package com.freelync.control.analytics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How much a value changed.
 *
 * @param difference null where one of the values is missing
 * @param percent of the previous value, with two decimals; null where that is zero or missing
 */
public record Change(@Nullable BigDecimal difference, @Nullable BigDecimal percent) {
  /** The change from a value to another. */
  public static Change between(@Nullable BigDecimal before, @Nullable BigDecimal now) {
    if (now == null || before == null) {
      return new Change(null, null);
    }
    BigDecimal difference = now.subtract(before);
    return new Change(
        difference,
        before.signum() == 0
            ? null
            : difference
                .multiply(BigDecimal.valueOf(100))
                .divide(before.abs(), 2, RoundingMode.HALF_UP));
  }
}

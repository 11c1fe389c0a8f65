package com.freelync.control.identity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whom a person lets approve in their stead.
 *
 * @param to the subject who may
 * @param validFrom the first moment; null for at once
 * @param validUntil the first moment at which it is over; null until it is taken back
 */
public record Delegation(String to, @Nullable Instant validFrom, @Nullable Instant validUntil) {
  // PostgreSQL keeps microseconds; what is compared here is what is kept.
  public Delegation {
    validFrom = validFrom == null ? null : validFrom.truncatedTo(ChronoUnit.MICROS);
    validUntil = validUntil == null ? null : validUntil.truncatedTo(ChronoUnit.MICROS);
  }

  /** Whether both hold at some moment. */
  boolean overlaps(@Nullable Instant otherFrom, @Nullable Instant otherUntil) {
    return isBefore(validFrom, otherUntil) && isBefore(otherFrom, validUntil);
  }

  private static boolean isBefore(@Nullable Instant start, @Nullable Instant end) {
    return start == null || end == null || start.isBefore(end);
  }
}

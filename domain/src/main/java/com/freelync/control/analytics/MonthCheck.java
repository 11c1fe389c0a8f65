package com.freelync.control.analytics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a month of a cube.
 *
 * @param month its first day
 * @param verifiedAt when it was last found equal to the source; null where it never was
 * @param quarantinedAt since when a difference is known; null where none is
 */
public record MonthCheck(
    String cube, LocalDate month, @Nullable Instant verifiedAt, @Nullable Instant quarantinedAt) {
  /** All of them, in the order of the cubes. */
  static List<MonthCheck> all(Handle handle) {
    return handle
        .createQuery(
            "SELECT cube, month, verified_at, quarantined_at FROM control.rollup_month_check ORDER BY cube")
        .mapTo(MonthCheck.class)
        .list();
  }
}

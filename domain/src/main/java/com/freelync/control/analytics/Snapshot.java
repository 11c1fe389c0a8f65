package com.freelync.control.analytics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The state of the platform on a day, as it was known when it was taken.
 *
 * @param revision from 1 on; the newest is the day's snapshot
 * @param takenBy the person, or {@code schedule}
 * @param metricsJson every metric of the day
 * @param breakdownsJson by each dimension the parts and their metrics
 * @param provenanceJson where the values came from
 */
public record Snapshot(
    UUID id,
    LocalDate day,
    int revision,
    Instant takenAt,
    String takenBy,
    String metricsJson,
    String breakdownsJson,
    String provenanceJson) {
  /** Whether the day was over when it was taken. */
  public boolean isComplete() {
    return !takenAt.isBefore(BusinessTime.instant(day.plusDays(1).atStartOfDay()));
  }
}

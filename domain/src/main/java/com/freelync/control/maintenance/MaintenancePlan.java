package com.freelync.control.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance that is asked for.
 *
 * @param id its own, the same however often it is asked for
 * @param message what users are told
 * @param features what is off, where it is of features; else empty
 * @param estimated how long it will take; null where nobody knows
 */
public record MaintenancePlan(
    UUID id,
    MaintenanceType type,
    String message,
    List<String> features,
    @Nullable Duration estimated) {
  public MaintenancePlan {
    features = List.copyOf(features);
  }
}

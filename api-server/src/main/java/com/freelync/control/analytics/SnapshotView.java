package com.freelync.control.analytics;

import com.freelync.control.api.links.Links;
import com.freelync.control.database.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A snapshot as it is answered.
 *
 * @param revision from 1 on; a correction of the day's numbers makes the next one
 * @param complete whether the day was over when it was taken
 */
public record SnapshotView(
    UUID id,
    LocalDate day,
    int revision,
    boolean complete,
    Instant takenAt,
    String takenBy,
    Map<String, Object> metrics,
    Map<String, Object> breakdowns,
    Map<String, Object> provenance,
    Links links) {
  /** Its metrics stand in the order of the catalog. */
  public static SnapshotView of(Snapshot snapshot) {
    Map<String, Object> stored = Json.readObject(snapshot.metricsJson());
    Map<String, Object> metrics = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      if (stored.containsKey(metric.wireName())) {
        metrics.put(metric.wireName(), stored.get(metric.wireName()));
      }
    }
    return new SnapshotView(
        snapshot.id(),
        snapshot.day(),
        snapshot.revision(),
        snapshot.isComplete(),
        snapshot.takenAt(),
        snapshot.takenBy(),
        metrics,
        Json.readObject(snapshot.breakdownsJson()),
        Json.readObject(snapshot.provenanceJson()),
        Links.self("/analytics/snapshots/" + snapshot.day()));
  }
}

package com.freelync.control.analytics;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was recorded is in the database; how far an attempt came is in its heartbeats. */
public final class CalculationActivitiesImpl implements CalculationActivities {
  private final PlatformMetrics metrics;
  private final Snapshots snapshots;

  public CalculationActivitiesImpl(PlatformMetrics metrics, Snapshots snapshots) {
    this.metrics = metrics;
    this.snapshots = snapshots;
  }

  @Override
  public int calculateMetrics() {
    try (Beat<String[]> beat = Beat.start(String[].class)) {
      String @Nullable [] before = beat.reached();
      List<String> done = new ArrayList<>(before == null ? List.of() : List.of(before));
      return metrics.recordDue(
          List.copyOf(done),
          chunk -> {
            done.add(chunk);
            beat.reach(done.toArray(String[]::new));
          });
    }
  }

  @Override
  public int takeSnapshots() {
    try (Beat<LocalDate> beat = Beat.start(LocalDate.class)) {
      return snapshots.takeDue(beat.reached(), beat::reach);
    }
  }
}

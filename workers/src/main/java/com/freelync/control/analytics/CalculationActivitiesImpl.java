package com.freelync.control.analytics;

import com.freelync.control.worker.Beat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was recorded is in the database; how far an attempt came is in its heartbeats. */
public final class CalculationActivitiesImpl implements CalculationActivities {
  private final Rollups rollups;
  private final PlatformMetrics metrics;
  private final Snapshots snapshots;

  public CalculationActivitiesImpl(Rollups rollups, PlatformMetrics metrics, Snapshots snapshots) {
    this.rollups = rollups;
    this.metrics = metrics;
    this.snapshots = snapshots;
  }

  @Override
  public int calculateMetrics() {
    try (Beat<String[]> beat = Beat.start(String[].class)) {
      String @Nullable [] before = beat.reached();
      // Thousands of questions to the source would take hours: what is doubted is rebuilt before.
      rollups.rebuildDoubted(beat::goOn);
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

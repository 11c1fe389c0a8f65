package com.freelync.control.approval;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The doorbell of a workflow: somebody rings for one place, or for all, and what waits there looks
 * into the database. Of the hundreds that may wait in a loop only that one adds to the history.
 */
public final class Doorbell {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Map<String, Integer> ringsAtPlace = new HashMap<>();
  private int ringsForAll;

  /**
   * The database may have something new.
   *
   * @param place whom it is for; null for everybody
   */
  public void ring(@Nullable String place) {
    if (place == null) {
      ringsForAll++;
    } else {
      ringsAtPlace.merge(place, 1, Integer::sum);
    }
  }

  /** How often it rang so far for everybody. */
  int ringsForAll() {
    return ringsForAll;
  }

  /** How often it rang so far for who waits at a place. */
  public int rings(String place) {
    return ringsForAll + ringsAtPlace.getOrDefault(place, 0);
  }

  /**
   * Waits until it rings again, or so long; a second at least.
   *
   * @param place where it is waited for
   * @param heard how often it had rung there when the database was last asked
   * @param longest null for as long as it takes
   */
  public void await(String place, int heard, @Nullable Duration longest) {
    if (longest == null) {
      Workflow.await(() -> rings(place) > heard);
    } else {
      Workflow.await(
          longest.compareTo(SHORTEST) < 0 ? SHORTEST : longest, () -> rings(place) > heard);
    }
  }
}

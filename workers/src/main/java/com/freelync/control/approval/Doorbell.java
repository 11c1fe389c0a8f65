package com.freelync.control.approval;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The doorbell of a workflow: somebody rings, and everything in it that waits looks into the
 * database. Several may wait at the same time.
 */
public final class Doorbell {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private int rings;

  /** Somebody rang: the database may have something new. */
  public void ring() {
    rings++;
  }

  /** How often it rang so far. */
  public int rings() {
    return rings;
  }

  /**
   * Waits until it rings again, or so long; a second at least.
   *
   * @param heard how often it had rung when the database was last asked
   * @param longest null for as long as it takes
   */
  public void await(int heard, @Nullable Duration longest) {
    if (longest == null) {
      Workflow.await(() -> rings > heard);
    } else {
      Workflow.await(longest.compareTo(SHORTEST) < 0 ? SHORTEST : longest, () -> rings > heard);
    }
  }
}

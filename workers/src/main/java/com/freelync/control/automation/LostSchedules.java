package com.freelync.control.automation;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Mends the schedules of one timetable that somebody changed, paused or deleted in Temporal, or
 * that it has lost, and deletes those of what the clock does not start. Doing this twice, or in two
 * processes at once, changes nothing.
 */
public final class LostSchedules implements Runnable {
  private static final int BATCH = 100;
  private static final UUID START = new UUID(0, 0);

  /** Longer than a tick takes to be recorded. */
  private static final Duration OVERDUE = Duration.ofMinutes(2);

  private final TickSchedules schedules;
  private final Clock clock;
  private UUID after = START;

  public LostSchedules(TickSchedules schedules, Clock clock) {
    this.schedules = schedules;
    this.clock = clock;
  }

  /** Looks at the next batch; after the last one at what does not belong there. */
  @Override
  public void run() {
    List<Timing> batch = schedules.timetable().list(after, BATCH);
    batch.forEach(this::mend);
    if (batch.size() == BATCH) {
      after = batch.getLast().id();
    } else {
      after = START;
      schedules.deleteStrays();
    }
  }

  private void mend(Timing timing) {
    schedules.settle(timing.id());
    if (timing.times() instanceof Times.Once once
        && once.at().plus(OVERDUE).isBefore(clock.instant())) {
      schedules.timetable().catchUp(timing.id());
    }
  }
}

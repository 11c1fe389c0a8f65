package com.freelync.control.analytics;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.YearMonth;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What was done is in the database, so a second attempt goes on from there. */
public final class VerificationActivitiesImpl implements VerificationActivities {
  private static final long HEARTBEAT_SECONDS = 5;

  private final Rollups rollups;
  private final ActivitySets sets;
  private final Verifier verifier;

  public VerificationActivitiesImpl(Rollups rollups, ActivitySets sets, Verifier verifier) {
    this.rollups = rollups;
    this.sets = sets;
    this.verifier = verifier;
  }

  @Override
  public int rebuildDoubted() {
    return beating(
        () -> {
          int months = rollups.rebuildDoubted();
          sets.makeAll();
          return months;
        });
  }

  @Override
  public int verifyDue() {
    return beating(
        () -> {
          int differences = 0;
          for (YearMonth month : verifier.due()) {
            differences += verifier.verify(month);
          }
          return differences;
        });
  }

  /**
   * A year of a large marketplace is one statement of some minutes, so a thread of its own beats.
   */
  private static int beating(IntSupplier work) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    try (ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("heartbeat").daemon().factory())) {
      clock.scheduleWithFixedDelay(
          () -> context.heartbeat(null), 0, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
      try {
        return work.getAsInt();
      } finally {
        clock.shutdownNow();
      }
    }
  }
}

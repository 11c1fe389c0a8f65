package com.freelync.control.analytics;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** What was done is in the database, so a second attempt goes on from there. */
public final class VerificationActivitiesImpl implements VerificationActivities {
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
    try (Beat<String> beat = Beat.start(String.class)) {
      int months = rollups.rebuildDoubted();
      sets.makeAll();
      return months;
    }
  }

  @Override
  public int verifyDue() {
    try (Beat<String> beat = Beat.start(String.class)) {
      int differences = 0;
      for (YearMonth month : verifier.due()) {
        differences += verifier.verify(month);
        beat.reach(month.toString());
      }
      return differences;
    }
  }

  @Override
  public int rebuildMonths(RebuildInput input) {
    try (Beat<String> beat = Beat.start(String.class)) {
      int months = 0;
      for (YearMonth month = next(input, beat.reached());
          month.isBefore(YearMonth.parse(input.until()));
          month = month.plusMonths(1)) {
        rollups.rebuild(month, month.plusMonths(1));
        beat.reach(month.toString());
        months++;
      }
      sets.makeAll();
      return months;
    }
  }

  @Override
  public int verifyMonths(RebuildInput input) {
    try (Beat<String> beat = Beat.start(String.class)) {
      int differences = 0;
      for (YearMonth month = next(input, beat.reached());
          month.isBefore(YearMonth.parse(input.until()));
          month = month.plusMonths(1)) {
        differences += verifier.verify(month);
        beat.reach(month.toString());
      }
      return differences;
    }
  }

  private static YearMonth next(RebuildInput input, @Nullable String reached) {
    return reached == null ? YearMonth.parse(input.from()) : YearMonth.parse(reached).plusMonths(1);
  }
}

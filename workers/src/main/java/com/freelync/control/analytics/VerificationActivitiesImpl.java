package com.freelync.control.analytics;

import com.freelync.control.worker.Beat;
import java.time.YearMonth;
import java.util.function.ToIntFunction;

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
      int months = rollups.rebuildDoubted(beat::goOn);
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
      int months =
          each(
              input,
              beat,
              month -> {
                rollups.rebuild(month, month.plusMonths(1));
                return 1;
              });
      sets.makeAll();
      return months;
    }
  }

  @Override
  public int verifyMonths(RebuildInput input) {
    try (Beat<String> beat = Beat.start(String.class)) {
      return each(input, beat, verifier::verify);
    }
  }

  /** Does every month that no attempt has done, and adds up what that says. */
  private static int each(RebuildInput input, Beat<String> beat, ToIntFunction<YearMonth> work) {
    String reached = beat.reached();
    YearMonth month =
        reached == null ? YearMonth.parse(input.from()) : YearMonth.parse(reached).plusMonths(1);
    int sum = 0;
    for (; month.isBefore(YearMonth.parse(input.until())); month = month.plusMonths(1)) {
      sum += work.applyAsInt(month);
      beat.reach(month.toString());
    }
    return sum;
  }
}

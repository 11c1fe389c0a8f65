package com.freelync.control.analytics;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The long work on rollups. Each may be done twice, and goes on where it was interrupted. */
@ActivityInterface(namePrefix = "Analytics")
public interface VerificationActivities {
  /**
   * Makes rollups that may not be believed anew from the source.
   *
   * @return how many months were made
   */
  @ActivityMethod
  int rebuildDoubted();

  /**
   * Compares the months whose turn it is with the source.
   *
   * @return how many cells differed
   */
  @ActivityMethod
  int verifyDue();

  /**
   * Makes the rollups of some months anew from the source.
   *
   * @return how many months were made
   */
  @ActivityMethod
  int rebuildMonths(RebuildInput input);

  /**
   * Compares some months with the source.
   *
   * @return how many cells differed
   */
  @ActivityMethod
  int verifyMonths(RebuildInput input);
}

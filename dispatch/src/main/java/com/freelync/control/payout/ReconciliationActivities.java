package com.freelync.control.payout;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/** A reconciliation's transactions in our own database, called as local activities. */
@ActivityInterface(namePrefix = "Reconciliation")
public interface ReconciliationActivities {
  /** Records a run for each business day that has none; the scheduled ones that are at work. */
  List<ReconciliationInput> owe();

  /**
   * Sums up and tells people.
   *
   * @return how many entries differ
   */
  long finish(ReconciliationInput input);

  /** Writes down why the book could not be compared. */
  void fail(ReconciliationInput input, String why);
}

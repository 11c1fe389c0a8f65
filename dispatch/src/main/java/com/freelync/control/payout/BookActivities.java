package com.freelync.control.payout;

import io.temporal.activity.ActivityInterface;

/** The reading of the gateway's book. Each call goes on where our database says. */
@ActivityInterface(namePrefix = "GatewayBook")
public interface BookActivities {
  /**
   * Reads and compares the next page.
   *
   * @return whether the whole book was read
   */
  boolean comparePage(ReconciliationInput input);

  /**
   * Asks the gateway for each key that should have been in its book of the period and was not.
   *
   * @return how many it does not know
   */
  int askForMissing(ReconciliationInput input);
}

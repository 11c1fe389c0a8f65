package com.freelync.control.automation;

import com.freelync.control.automation.RunActivities.Perform;
import com.freelync.control.automation.RunActivities.PerformResult;
import io.temporal.activity.ActivityInterface;

/** What a run does outside of our database, or for long: activities with a heartbeat. */
@ActivityInterface(namePrefix = "Outside")
public interface OutsideActivities {
  /**
   * Does what a run has begun, and records it. It may be called again with the same arguments: what
   * is recorded as done is not done again.
   *
   * @throws io.temporal.failure.ApplicationFailure for a failure that may pass
   */
  PerformResult act(Perform call);
}

package com.freelync.control.approval;

import io.temporal.activity.ActivityInterface;
import java.util.UUID;

/** What a workflow that waits for people asks the database. */
@ActivityInterface(namePrefix = "Approval")
public interface ApprovalActivities {
  /**
   * Does what is due (a reminder, an escalation, the time-out) and says how the request stands.
   * Calling it early or again changes nothing.
   *
   * @param nowMillis the workflow's time
   */
  ApprovalState advance(UUID id, long nowMillis);
}

package com.freelync.control.configuration;

import io.temporal.activity.ActivityInterface;
import java.util.UUID;

/** What the life of a version asks the database. */
@ActivityInterface(namePrefix = "Configuration")
public interface ChangeActivities {
  /**
   * Does what is due, and says how the version stands. Calling it early or again changes nothing.
   *
   * @param nowMillis the workflow's time
   */
  ChangeState advance(UUID id, long nowMillis);
}

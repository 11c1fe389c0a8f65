package com.freelync.control.configuration;

import io.temporal.activity.ActivityInterface;
import java.util.UUID;

/** What the life of a version asks the metrics and the source, which may take a while. */
@ActivityInterface(namePrefix = "Configuration")
public interface LongChangeActivities {
  /** Computes what a version would have done, and asks people. Calling it again changes nothing. */
  void submit(UUID id);

  /**
   * Measures, and takes the version back or ends the watch where that follows. Calling it again
   * changes nothing more.
   *
   * @param nowMillis the workflow's time
   * @return what was found, for people
   */
  String checkGuard(UUID id, long nowMillis);
}

package com.freelync.control.automation;

import io.temporal.activity.ActivityInterface;

/** What a tick does in our own database: one short transaction, called as a local activity. */
@ActivityInterface(namePrefix = "Tick")
public interface TickActivities {
  /** Records an instant; the same one again changes nothing. */
  void record(TickInput input, long atMillis);
}

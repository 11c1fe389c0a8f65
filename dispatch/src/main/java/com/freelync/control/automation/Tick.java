package com.freelync.control.automation;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * What a schedule starts at each of its instants. It records in the database that the instant is
 * due; what then runs, and whether, is decided there.
 */
@WorkflowInterface
public interface Tick {
  /** Its name in Temporal. */
  String TYPE = "Tick";

  /** Records the instant for which the schedule started it, however late that was. */
  @WorkflowMethod(name = TYPE)
  void tick(TickInput input);
}

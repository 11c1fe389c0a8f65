package com.freelync.control.payout;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** What the schedule starts each business day: a reconciliation of each day that has none. */
@WorkflowInterface
public interface ReconciliationDay {
  /** The id of the schedule that starts it. */
  String SCHEDULE = "payout-reconciliation";

  /** Records what is owed and runs it, one after the other. */
  @WorkflowMethod(name = "ReconciliationDay")
  void run();
}

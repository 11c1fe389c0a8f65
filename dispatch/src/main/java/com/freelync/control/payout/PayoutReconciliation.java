package com.freelync.control.payout;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Holds the gateway's book of a period against ours, page by page. */
@WorkflowInterface
public interface PayoutReconciliation {
  /**
   * Compares; fails, for operators to see, if the book cannot be read for a day.
   *
   * @return how many entries differ
   */
  @WorkflowMethod(name = "PayoutReconciliation")
  long run(ReconciliationInput input);
}

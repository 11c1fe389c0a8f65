package com.freelync.control.payout;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The durable retry or reversal of one payout: the gateway decides before anything changes. */
@WorkflowInterface
public interface PayoutCorrection {
  /**
   * Corrects; fails, for operators to see, if the gateway or the payout forbids it.
   *
   * @return DONE
   */
  @WorkflowMethod(name = "PayoutCorrection")
  String correct(CorrectionInput input);
}

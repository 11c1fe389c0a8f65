package com.freelync.control.payout;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The durable transfer of one approved payout: asks the gateway until it has a definite answer. */
@WorkflowInterface
public interface PayoutTransfer {
  /** Disburses; fails, for operators to see, if the gateway refused. */
  @WorkflowMethod(name = "PayoutTransfer")
  void transfer(TransferInput input);
}

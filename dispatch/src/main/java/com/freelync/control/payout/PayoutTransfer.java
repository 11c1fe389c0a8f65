package com.freelync.control.payout;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** The durable transfer of one approved payout: asks the gateway until it has a definite answer. */
@WorkflowInterface
public interface PayoutTransfer {
  /** Disburses; fails, for operators to see, if the gateway refused. */
  @WorkflowMethod(name = "PayoutTransfer")
  TransferResult transfer(TransferInput input);

  /** How the transfer ended, as an operator reads it in Temporal. */
  record TransferResult(String status, @Nullable String reference) {}
}

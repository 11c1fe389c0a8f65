package com.freelync.control.payout;

import com.freelync.control.worker.LocalCalls;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** Runs what is owed; one that fails does not keep the days after it waiting. */
public final class ReconciliationDayImpl implements ReconciliationDay {
  @Override
  public void run() {
    @Nullable ChildWorkflowFailure failed = null;
    for (ReconciliationInput owed :
        LocalCalls.records(ReconciliationActivities.class, "record the days that are owed").owe()) {
      try {
        reconciliation(owed).run(owed);
      } catch (ChildWorkflowFailure e) {
        // One that is at work already was taken up by a worker's sweep.
        failed = e.getCause() instanceof WorkflowExecutionAlreadyStarted ? failed : e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private static PayoutReconciliation reconciliation(ReconciliationInput input) {
    return Workflow.newChildWorkflowStub(
        PayoutReconciliation.class,
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(input.temporalId())
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
            .setStaticSummary("Reconciliation " + input.id())
            .build());
  }
}

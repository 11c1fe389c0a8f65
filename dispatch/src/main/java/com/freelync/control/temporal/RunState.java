package com.freelync.control.temporal;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;

/** What Temporal knows of a workflow id. */
public enum RunState {
  /** A workflow of this id is at work. */
  OPEN,
  /** The last one of this id has ended, however. */
  CLOSED,
  /** It knows none: it never started, or its history is past Temporal's retention. */
  UNKNOWN;

  /** Asks Temporal. */
  public static RunState of(WorkflowClient client, String workflowId) {
    try {
      WorkflowExecutionStatus status =
          client.newUntypedWorkflowStub(workflowId).describe().getStatus();
      return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING ? OPEN : CLOSED;
    } catch (WorkflowNotFoundException e) {
      return UNKNOWN;
    }
  }
}

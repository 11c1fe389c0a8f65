package com.freelync.control.approval;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/**
 * The durable timers of a request that no run waits for: reminds, escalates, times out, and ends
 * when it is decided or nothing is left to do by itself.
 */
@WorkflowInterface
public interface ApprovalWatch {
  /** Watches over a request; how it ended. */
  @WorkflowMethod(name = "ApprovalWatch")
  String watch(UUID id);

  /** A doorbell: look into the database. It carries nothing and decides nothing. */
  @SignalMethod(name = "decided")
  void decided();

  /** The workflow id of a request's watch. */
  static String temporalId(UUID id) {
    return "approval/" + id;
  }
}

package com.freelync.control.automation;

/** Where an execution stands. */
public enum ExecutionStatus {
  PENDING,
  AWAITING_APPROVAL,
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED,
  REJECTED,
  SKIPPED
}

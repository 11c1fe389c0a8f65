package com.freelync.control.approval;

/** How a request to people stands. */
public enum ApprovalStatus {
  WAITING,
  APPROVED,
  REJECTED,
  /** Nobody decided in time; it counts as rejected. */
  TIMED_OUT,
  /** What was asked no longer exists: it was edited or cancelled. */
  WITHDRAWN;

  /** Whether people, or the clock, said no. */
  public boolean isRejection() {
    return this == REJECTED || this == TIMED_OUT;
  }
}

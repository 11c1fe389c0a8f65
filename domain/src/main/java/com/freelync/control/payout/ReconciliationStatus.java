package com.freelync.control.payout;

/** How far a reconciliation has come. */
public enum ReconciliationStatus {
  RUNNING,
  COMPLETED,
  /** The gateway's book could not be read for a day. */
  FAILED
}

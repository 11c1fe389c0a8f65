package com.freelync.control.payout;

/** How far a correction has come. */
public enum CorrectionStatus {
  REQUESTED,
  /** The gateway may have been asked. */
  ASKING,
  DONE,
  /** Nothing was changed. */
  REFUSED;

  /** Whether it is over. */
  public boolean isSettled() {
    return this == DONE || this == REFUSED;
  }
}

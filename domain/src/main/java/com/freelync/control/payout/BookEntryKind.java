package com.freelync.control.payout;

/** What an entry of the gateway's book is. */
public enum BookEntryKind {
  /** Money that left. */
  DISBURSEMENT,
  /** Money that was taken back. */
  REVERSAL;

  /** What moved, in santim: positive where it left. */
  long signed(long santim) {
    return switch (this) {
      case DISBURSEMENT -> santim;
      case REVERSAL -> -santim;
    };
  }

  /** The gateway's word of an entry. */
  public String status(boolean isDone) {
    return isDone ? (this == DISBURSEMENT ? "PAID" : "REVERSED") : "REFUSED";
  }
}

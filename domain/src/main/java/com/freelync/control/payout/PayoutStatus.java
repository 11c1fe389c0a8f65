package com.freelync.control.payout;

import java.util.List;

/** Where a payout stands, and where it may go from there. */
public enum PayoutStatus {
  /** The seller asked for it. */
  REQUESTED,
  /** Its transfer is owed to the gateway. */
  APPROVED,
  REJECTED,
  /** The gateway may have been asked. */
  DISBURSING,
  /** The gateway has paid. */
  DISBURSED,
  /** The gateway refused, and the booking is taken back. */
  FAILED,
  /** What was paid is taken back, or what failed is given up; both for good. */
  REVERSED;

  /** The states that may follow. */
  public List<PayoutStatus> next() {
    return switch (this) {
      case REQUESTED -> List.of(APPROVED, REJECTED);
      case APPROVED -> List.of(DISBURSING);
      case DISBURSING -> List.of(DISBURSED, FAILED);
      case DISBURSED -> List.of(REVERSED);
      case FAILED -> List.of(APPROVED, REVERSED);
      case REJECTED, REVERSED -> List.of();
    };
  }

  /** What an operator may ask for, in the words of the addresses. */
  public List<String> moves() {
    return switch (this) {
      case FAILED -> List.of("retry", "reverse");
      case DISBURSED -> List.of("reverse");
      case REQUESTED, APPROVED, REJECTED, DISBURSING, REVERSED -> List.of();
    };
  }
}

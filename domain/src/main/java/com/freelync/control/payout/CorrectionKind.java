package com.freelync.control.payout;

/** What an operator may ask for once the gateway has answered. */
public enum CorrectionKind {
  /** A payout that failed is sent by another attempt. */
  RETRY,
  /** What was paid is taken back, or what failed is given up. */
  REVERSAL;

  /** The word of its address, its audit entry, and of what is allowed. */
  public String word() {
    return switch (this) {
      case RETRY -> "retry";
      case REVERSAL -> "reverse";
    };
  }
}

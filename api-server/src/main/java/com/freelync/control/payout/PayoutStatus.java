package com.freelync.control.payout;

/** Where a payout stands. */
enum PayoutStatus {
  REQUESTED,
  APPROVED,
  REJECTED,
  DISBURSING,
  DISBURSED,
  FAILED,
  REVERSED
}

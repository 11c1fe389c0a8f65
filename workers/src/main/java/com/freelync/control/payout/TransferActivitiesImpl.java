package com.freelync.control.payout;

import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.worker.RequestIds;

/** The transfer's transactions. */
public final class TransferActivitiesImpl implements TransferActivities {
  private final Transfers transfers;

  public TransferActivitiesImpl(Transfers transfers) {
    this.transfers = transfers;
  }

  @Override
  public Order begin(TransferInput input) {
    try (var ignored = RequestIds.put(input.requestId())) {
      Transfers.Begun begun = transfers.begin(input.payoutId(), input.attempt());
      Failpoint.TRANSFER_SENDING.reach();
      Transfer transfer = begun.transfer();
      return new Order(
          transfer.isSettled() ? transfer.status() : null,
          transfer.payoutId().toString(),
          transfer.idempotencyKey(),
          transfer.amountSantim(),
          transfer.recipient().toString(),
          begun.isRepeated());
    }
  }

  @Override
  public void paid(TransferInput input, String reference) {
    try (var ignored = RequestIds.put(input.requestId())) {
      transfers.paid(input.payoutId(), input.attempt(), reference);
      Failpoint.ANSWER_COMMITTED.reach();
    }
  }

  @Override
  public void refused(TransferInput input, String reason) {
    try (var ignored = RequestIds.put(input.requestId())) {
      transfers.refused(input.payoutId(), input.attempt(), reason);
      Failpoint.ANSWER_COMMITTED.reach();
    }
  }
}

package com.freelync.control.payout;

import io.temporal.activity.ActivityInterface;
import org.jspecify.annotations.Nullable;

/** The transfer's transactions in our own database, called as local activities. */
@ActivityInterface(namePrefix = "Transfer")
public interface TransferActivities {
  /** Marks the payout as on its way and books it. */
  Order begin(TransferInput input);

  /** Writes down that the gateway paid. */
  void paid(TransferInput input, String reference);

  /** Writes down that the gateway refused, and takes the booking back. */
  void refused(TransferInput input, String reason);

  /**
   * What the gateway is asked to pay.
   *
   * @param settledStatus PAID or REFUSED if the answer is known already; null otherwise
   * @param idempotencyKey the same in every call of this attempt
   * @param amountSantim santim
   * @param recipient the seller's id
   * @param mayBeKnown whether the gateway may have been asked before, by a workflow that is gone
   */
  record Order(
      @Nullable String settledStatus,
      String payoutId,
      String idempotencyKey,
      long amountSantim,
      String recipient,
      boolean mayBeKnown) {}
}

package com.freelync.control.payout;

import com.freelync.control.payout.TransferActivities.Order;
import io.temporal.activity.ActivityInterface;
import org.jspecify.annotations.Nullable;

/** The correction's transactions in our own database, called as local activities. */
@ActivityInterface(namePrefix = "Correction")
public interface CorrectionActivities {
  /** Marks that the gateway may be asked from now on. */
  Question begin(CorrectionInput input);

  /** Does what was asked for, as the gateway allows it. */
  Outcome accepted(CorrectionInput input, @Nullable String reference);

  /** Writes down why nothing is changed. */
  Outcome refused(CorrectionInput input, String why);

  /**
   * What the gateway is asked.
   *
   * @param settled how it ended if it has ended already; null otherwise
   * @param order the attempt that it is about, by its own key
   * @param takeBack what is to be taken back; null where the gateway is only asked what it did
   */
  record Question(@Nullable Outcome settled, Order order, @Nullable TakeBack takeBack) {}

  /**
   * Money that the gateway is to take back.
   *
   * @param idempotencyKey the same in every call of this reversal
   * @param disbursement the gateway's name of what it paid
   * @param amountSantim santim
   * @param mayBeKnown whether the gateway may have been asked before, by a workflow that is gone
   */
  record TakeBack(
      String idempotencyKey,
      String disbursement,
      String payoutId,
      long amountSantim,
      boolean mayBeKnown) {}

  /**
   * How it ended.
   *
   * @param refusal why nothing was changed; null if it is done
   */
  record Outcome(String status, @Nullable String refusal) {}
}

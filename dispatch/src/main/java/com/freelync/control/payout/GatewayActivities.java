package com.freelync.control.payout;

import io.temporal.activity.ActivityInterface;
import org.jspecify.annotations.Nullable;

/** The call that leaves the house: a regular activity, retried until the gateway answers. */
@ActivityInterface(namePrefix = "Gateway")
public interface GatewayActivities {
  /** Asks the gateway to pay; asks first what it knows of the key when this is a repetition. */
  Answer disburse(TransferActivities.Order order);

  /**
   * A definite answer.
   *
   * @param reference the gateway's name of the disbursement; null if refused
   * @param reason why it refused; null if paid
   */
  record Answer(boolean paid, @Nullable String reference, @Nullable String reason) {}
}

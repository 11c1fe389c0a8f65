package com.freelync.control.payout;

import com.freelync.control.payout.CorrectionActivities.TakeBack;
import io.temporal.activity.ActivityInterface;
import org.jspecify.annotations.Nullable;

/** The calls that leave the house: regular activities, retried until the gateway answers. */
@ActivityInterface(namePrefix = "Gateway")
public interface GatewayActivities {
  /** Asks the gateway to pay; asks first what it knows of the key when this is a repetition. */
  Answer disburse(TransferActivities.Order order);

  /** Asks what became of a key, and nothing else. */
  Known lookUp(TransferActivities.Order order);

  /** Asks to take money back; asks first what it knows of the key when this is a repetition. */
  Answer takeBack(TakeBack order);

  /**
   * What the gateway knows of a key.
   *
   * @param answer its definite answer; null if it has not heard of the key
   */
  record Known(@Nullable Answer answer) {}

  /**
   * A definite answer.
   *
   * @param reference the gateway's name of the disbursement; null if refused
   * @param reason why it refused; null if paid
   */
  record Answer(boolean paid, @Nullable String reference, @Nullable String reason) {}
}

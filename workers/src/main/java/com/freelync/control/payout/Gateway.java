package com.freelync.control.payout;

import com.freelync.control.payout.CorrectionActivities.TakeBack;
import com.freelync.control.payout.GatewayActivities.Answer;
import com.freelync.control.payout.TransferActivities.Order;
import java.util.Optional;

/** The payment gateway, as transfers and corrections need it. */
public interface Gateway {
  /**
   * Asks it to pay.
   *
   * @throws GatewayUnavailable if it gave no definite answer: it may have paid, or not
   */
  Answer disburse(Order order);

  /**
   * Asks what it knows of a key.
   *
   * @return its definite answer, or empty if it has not heard of the key
   * @throws GatewayUnavailable if it cannot say
   */
  Optional<Answer> find(Order order);

  /**
   * Asks it to take back what it paid.
   *
   * @return paid, with the reference of what it took back; or refused
   * @throws GatewayUnavailable if it gave no definite answer: it may have done so, or not
   */
  Answer takeBack(TakeBack order);

  /**
   * Asks what it knows of a reversal's key.
   *
   * @return its definite answer, or empty if it has not heard of the key
   * @throws GatewayUnavailable if it cannot say
   */
  Optional<Answer> find(TakeBack order);

  /** There is no definite answer yet. */
  final class GatewayUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GatewayUnavailable(String message) {
      super(message);
    }

    public GatewayUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}

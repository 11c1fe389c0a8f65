package com.freelync.control.payout;

import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.payout.TransferActivities.Order;
import io.temporal.activity.Activity;
import java.util.Optional;

/** Asks the gateway; a repetition first asks what became of the call before. */
public final class GatewayActivitiesImpl implements GatewayActivities {
  private final Gateway gateway;

  public GatewayActivitiesImpl(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public Answer disburse(Order order) {
    if (order.mayBeKnown() || Activity.getExecutionContext().getInfo().getAttempt() > 1) {
      Optional<Answer> known = gateway.find(order);
      if (known.isPresent()) {
        return known.get();
      }
    }
    Failpoint.GATEWAY_CALLED.reach();
    Answer answer = gateway.disburse(order);
    Failpoint.GATEWAY_ANSWERED.reach();
    return answer;
  }
}

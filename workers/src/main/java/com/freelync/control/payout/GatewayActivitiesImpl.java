package com.freelync.control.payout;

import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.payout.CorrectionActivities.TakeBack;
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
    if (order.mayBeKnown() || isRepeated()) {
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

  @Override
  public Known lookUp(Order order) {
    Failpoint.CORRECTION_CALLED.reach();
    Known known = new Known(gateway.find(order).orElse(null));
    Failpoint.CORRECTION_ANSWERED.reach();
    return known;
  }

  @Override
  public Answer takeBack(TakeBack order) {
    if (order.mayBeKnown() || isRepeated()) {
      Optional<Answer> known = gateway.find(order);
      if (known.isPresent()) {
        return known.get();
      }
    }
    Failpoint.CORRECTION_CALLED.reach();
    Answer answer = gateway.takeBack(order);
    Failpoint.CORRECTION_ANSWERED.reach();
    return answer;
  }

  private static boolean isRepeated() {
    return Activity.getExecutionContext().getInfo().getAttempt() > 1;
  }
}

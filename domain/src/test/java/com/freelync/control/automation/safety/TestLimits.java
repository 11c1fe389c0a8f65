package com.freelync.control.automation.safety;

import com.freelync.control.ControlCenter;
import com.freelync.control.configuration.SampleSettings;
import java.util.Map;

/** Limits that hold from the start, for tests that need others than the usual ones. */
public final class TestLimits {
  private TestLimits() {}

  /**
   * Lets tests pay, together, more than an hour or a day allows: their subject is not the limit.
   */
  public static void lift(ControlCenter owner) {
    SampleSettings.install(
        owner.configuration,
        Map.of(
            "limits.approve_payout.max_per_hour", 1_000_000,
            "limits.approve_payout.max_total_amount", 1_000_000_000,
            "limits.send_notification.max_per_hour", 1_000_000,
            "limits.send_notification.max_per_day", 1_000_000));
  }

  /** Payouts are approved so often in an hour, and up to so much ETB in a day, and no more. */
  public static void payouts(ControlCenter owner, int maxPerHour, int maxTotalAmount) {
    SampleSettings.install(
        owner.configuration,
        Map.of(
            "limits.approve_payout.max_per_hour", maxPerHour,
            "limits.approve_payout.max_total_amount", maxTotalAmount));
  }
}

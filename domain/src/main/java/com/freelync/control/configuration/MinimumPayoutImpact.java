package com.freelync.control.configuration;

import com.freelync.control.configuration.Impacts.Touched;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which payouts could not have been asked for, or could have been, by another minimum. */
final class MinimumPayoutImpact {
  private static final String METHOD =
      "Payouts asked for in the window with an amount between the present minimum and the new one,"
          + " and their sellers. They are paid later or earlier: FreeLync earns nothing by it.";

  private MinimumPayoutImpact() {}

  static Impact of(
      Handle handle,
      BigDecimal value,
      BigDecimal revenue,
      Instant from,
      Instant to,
      @Nullable Integer against) {
    BigDecimal present = Impacts.present(handle, KnownSettings.MINIMUM_PAYOUT);
    Touched touched =
        handle
            .createQuery(
                """
                SELECT count(DISTINCT seller_id) AS users, count(*) AS transactions
                  FROM marketplace.payouts
                 WHERE requested_at >= :from AND requested_at < :to
                   AND amount >= :lower AND amount < :upper
                """)
            .bind("from", from)
            .bind("to", to)
            .bind("lower", present.min(value))
            .bind("upper", present.max(value))
            .mapTo(Touched.class)
            .one();
    return new Impact(
        touched.users(),
        touched.transactions(),
        Impacts.zero(),
        revenue,
        List.of(),
        METHOD,
        from,
        to,
        against);
  }
}

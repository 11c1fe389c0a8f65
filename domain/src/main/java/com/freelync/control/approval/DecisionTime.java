package com.freelync.control.approval;

import com.freelync.control.alert.ServiceLevel;
import com.freelync.control.alert.ServiceLevel.Measure;
import com.freelync.control.alert.ServiceLevel.Source;
import com.freelync.control.alert.ServiceLevel.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The service level of approvals: how long what is decided, or still waits, took people. */
public final class DecisionTime implements Source {
  @Override
  public ServiceLevel level() {
    return ServiceLevel.atMost(
        "approval",
        "From the question to the decision, or until now where it waits: so long took 95 of 100",
        Unit.SECONDS,
        BigDecimal.valueOf(Duration.ofHours(24).toSeconds()),
        BigDecimal.valueOf(Duration.ofHours(72).toSeconds()),
        Duration.ofDays(7));
  }

  @Override
  public Measure of(Handle handle, Instant since) {
    return Measure.seconds(
        handle,
        """
        SELECT percentile_disc(0.95) WITHIN GROUP (
                 ORDER BY extract(epoch FROM coalesce(decided_at, now()) - requested_at)) AS value,
               count(*) AS sample
          FROM control.approval_request
         WHERE status = 'WAITING' OR (status IN ('APPROVED', 'REJECTED', 'TIMED_OUT') AND decided_at >= :since)
        """,
        since);
  }
}

package com.freelync.control.automation;

import com.freelync.control.alert.Measurement;
import com.freelync.control.alert.Signal;
import com.freelync.control.automation.FailureRateDao.EndedRuns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Of the runs of each automation that ended, which fraction failed. */
public final class FailureRate implements Signal {
  /** Its name in rules. */
  public static final String NAME = "automation.failure_rate";

  private static final int DECIMALS = 4;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Measurement> measure(Handle handle, Instant since) {
    return handle.attach(FailureRateDao.class).endedSince(since).stream()
        .map(FailureRate::measurement)
        .toList();
  }

  private static Measurement measurement(EndedRuns runs) {
    return new Measurement(
        runs.workflowId().toString(),
        "%d of %d runs of %s failed".formatted(runs.failed(), runs.ended(), runs.name()),
        // Cut, not rounded: a rate below the threshold must not look as if it had reached it.
        BigDecimal.valueOf(runs.failed())
            .divide(BigDecimal.valueOf(runs.ended()), DECIMALS, RoundingMode.DOWN),
        runs.ended(),
        Map.of("automation", runs.name(), "failed", runs.failed()));
  }
}

package com.freelync.control.analytics;

import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Reads the time of a dashboard, and asks. */
public final class OverviewQuery {
  private final Analytics analytics;
  private final Clock clock;

  public OverviewQuery(Analytics analytics, Clock clock) {
    this.analytics = analytics;
    this.clock = clock;
  }

  /**
   * Everything of a time, the last 30 days unless said.
   *
   * @throws com.freelync.control.api.problem.ProblemException 400 with everything that is wrong
   */
  public Overview ask(@Nullable String from, @Nullable String to) {
    RangeReader reader = new RangeReader();
    TimeRange range =
        RangeReader.orUsual(
            reader.time("from", from), reader.time("to", to), BusinessTime.day(clock.instant()));
    reader.range("from", "to", range.from(), range.to(), null);
    reader.require("The dashboard cannot be asked for so.");
    return Overview.read(analytics, range.from(), range.to());
  }
}

package com.freelync.control.analytics;

import com.freelync.control.alert.Measurement;
import com.freelync.control.alert.ServiceLevel;
import com.freelync.control.alert.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * How long the calculation of metrics takes: as a signal the slowest, for a rule of alerts; as a
 * service level what 95 of 100 stay under.
 */
public final class CalculationTime implements Signal, ServiceLevel.Source {
  private static final ServiceLevel LEVEL =
      ServiceLevel.atMost(
          "metric_calculation",
          "Answers, snapshots and records of metrics: so long took 95 of 100 of them",
          ServiceLevel.Unit.SECONDS,
          BigDecimal.valueOf(5),
          BigDecimal.valueOf(30),
          Duration.ofHours(1));

  @Override
  public String name() {
    return "analytics.calculation_seconds";
  }

  @Override
  public List<Measurement> measure(Handle handle, Instant since) {
    return handle
        .createQuery(
            """
            SELECT kind, max(millis) AS millis, count(*) AS calculations
              FROM control.calculation WHERE at >= :since GROUP BY kind
            """)
        .bind("since", since)
        .map(
            (row, context) ->
                measurement(
                    row.getString("kind"), row.getInt("millis"), row.getLong("calculations")))
        .list();
  }

  private static Measurement measurement(String kind, int millis, long calculations) {
    BigDecimal seconds = BigDecimal.valueOf(millis, 3);
    String subject = kind.toLowerCase(Locale.ROOT);
    return new Measurement(
        subject,
        "A calculation of metrics (%s) took %s seconds".formatted(subject, seconds.toPlainString()),
        seconds,
        calculations,
        Map.of());
  }

  @Override
  public ServiceLevel level() {
    return LEVEL;
  }

  @Override
  public ServiceLevel.Measure of(Handle handle, Instant since) {
    return ServiceLevel.Measure.seconds(
        handle,
        """
        SELECT percentile_disc(0.95) WITHIN GROUP (ORDER BY millis) / 1000.0 AS value, count(*) AS sample
          FROM control.calculation WHERE at >= :since
        """,
        since);
  }
}

package com.freelync.control.analytics;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of the record of closed periods. */
final class PlatformMetricRows {
  private PlatformMetricRows() {}

  /** When the first user came or the first listing, by the clock of Addis Ababa. */
  static Optional<LocalDateTime> first(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT control.business_time(min(at)) FROM (
              SELECT min(at) AS at FROM control.source_registered WHERE isfinite(at)
              UNION ALL SELECT min(at) FROM control.source_listed WHERE isfinite(at)) first
            """)
        .mapTo(LocalDateTime.class)
        .findOne();
  }

  /**
   * Writes values that are not recorded yet or differ from what is; a part that is recorded and not
   * answered any more is nothing now. What was read at a later snapshot stands. One writer at a
   * time: the others would find the same revision free.
   *
   * @return how many were written
   */
  static int write(
      Handle handle,
      PlatformMetrics.Chunk chunk,
      Instant asOf,
      String[] metrics,
      String[] starts,
      String[] dimensions,
      @Nullable String[] values) {
    handle
        .createQuery(
            "SELECT true FROM pg_advisory_xact_lock(hashtextextended('platform_metric', 0))")
        .mapTo(Boolean.class)
        .one();
    return handle
        .createUpdate(
            """
            WITH answered AS (
              SELECT metric, period_start, dimensions, value FROM unnest(
                :metrics, CAST(:starts AS timestamp[]), CAST(:dimensions AS jsonb[]), CAST(:values AS numeric[]))
                AS a (metric, period_start, dimensions, value)),
            recorded AS (
              SELECT DISTINCT ON (period_start, metric, dimensions)
                     metric, period_start, dimensions, revision, value, computed_at
                FROM control.platform_metric
               WHERE period = :period AND period_start >= :from AND period_start < :to
               ORDER BY period_start, metric, dimensions, revision DESC),
            compared AS (
              SELECT metric, period_start, dimensions, coalesce(r.revision, 0) AS revision, r.value AS old, r.computed_at,
                     CASE WHEN a.metric IS NOT NULL THEN a.value WHEN metric = ANY (:rates) THEN NULL ELSE 0 END AS value
                FROM answered a FULL JOIN recorded r USING (metric, period_start, dimensions))
            INSERT INTO control.platform_metric
                   (metric, metric_type, period, period_start, dimensions, revision, value, computed_at)
            SELECT metric, (:types)[array_position(:names, metric)], :period, period_start, dimensions, revision + 1, value, :asOf
              FROM compared
             WHERE revision = 0 OR (value IS DISTINCT FROM old AND computed_at < :asOf)
            """)
        .bind("metrics", metrics)
        .bind("starts", starts)
        .bind("dimensions", dimensions)
        .bind("values", values)
        .bind("period", chunk.period().name())
        .bind("from", chunk.from())
        .bind("to", chunk.to())
        .bind("rates", PlatformMetrics.rates())
        .bind("types", PlatformMetrics.types())
        .bind("names", Metric.names().toArray(String[]::new))
        .bind("asOf", asOf)
        .execute();
  }
}

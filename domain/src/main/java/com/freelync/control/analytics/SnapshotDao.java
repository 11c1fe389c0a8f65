package com.freelync.control.analytics;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface SnapshotDao {
  String SELECT =
      """
      SELECT s.id, s.day, s.revision, s.taken_at, s.taken_by, s.metrics::text AS metrics_json,
             s.breakdowns::text AS breakdowns_json, s.provenance::text AS provenance_json
        FROM control.analytics_snapshot s
      """;

  /** Lets nobody else write a revision of this day until the transaction ends. */
  @SqlQuery(
      "SELECT true FROM pg_advisory_xact_lock(hashtextextended('analytics_snapshot:' || :day, 0))")
  boolean lock(@Bind("day") LocalDate day);

  @SqlQuery(SELECT + " WHERE s.day = :day ORDER BY s.revision DESC LIMIT :limit")
  List<Snapshot> revisions(@Bind("day") LocalDate day, @Bind("limit") int limit);

  @SqlQuery(SELECT + " ORDER BY s.day DESC, s.revision DESC LIMIT 1")
  Optional<Snapshot> latest();

  /** The newest revision of each day of a time, the newest day first. */
  @SqlQuery(
      "SELECT * FROM (SELECT DISTINCT ON (day) * FROM ("
          + SELECT
          + """
             WHERE s.day >= :from AND s.day < :to) snapshots
             ORDER BY day DESC, revision DESC) newest
             ORDER BY day DESC LIMIT :limit
            """)
  List<Snapshot> list(
      @Bind("from") LocalDate from, @Bind("to") LocalDate to, @Bind("limit") int limit);

  /** The days that have one, the oldest first. */
  @SqlQuery("SELECT DISTINCT day FROM control.analytics_snapshot ORDER BY day")
  List<LocalDate> days();

  /** Writes a revision, unless the revision before it says the same or is newer. */
  @SqlUpdate(
      """
      INSERT INTO control.analytics_snapshot
             (id, day, revision, taken_at, taken_by, metrics, breakdowns, provenance)
      SELECT :id, :day, coalesce(last.revision, 0) + 1, :takenAt, :takenBy,
             CAST(:metricsJson AS jsonb), CAST(:breakdownsJson AS jsonb), CAST(:provenanceJson AS jsonb)
        FROM (VALUES (1)) AS one
        LEFT JOIN (SELECT * FROM control.analytics_snapshot WHERE day = :day
                    ORDER BY revision DESC LIMIT 1) AS last ON true
       WHERE last.revision IS NULL
          OR (last.taken_at < :takenAt
              AND (last.metrics, last.breakdowns)
                  IS DISTINCT FROM (CAST(:metricsJson AS jsonb), CAST(:breakdownsJson AS jsonb)))
      """)
  int add(@BindMethods Snapshot snapshot);
}

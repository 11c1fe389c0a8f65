package com.freelync.control.report;

import com.freelync.control.database.ListQuery;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface ArtifactDao {
  String ARTIFACT =
      """
      SELECT id, execution_id, step, title, format, period, period_start, period_end, row_count,
             octet_length(content) AS size, sha256, created_by, created_at, expires_at
        FROM control.report_artifact
      """;

  @SqlQuery(ARTIFACT + " WHERE id = :id")
  Optional<Artifact> find(@Bind("id") UUID id);

  @SqlQuery("SELECT content FROM control.report_artifact WHERE id = :id")
  Optional<byte[]> content(@Bind("id") UUID id);

  /** All, the newest first. */
  static ListQuery list() {
    return new ListQuery(ARTIFACT, "created_at", "id");
  }

  @SqlUpdate(
      """
      INSERT INTO control.report_artifact
             (id, execution_id, step, title, format, period, period_start, period_end, row_count,
              content, sha256, created_by, created_at, expires_at)
      VALUES (:a.id, :a.executionId, :a.step, :a.title, :a.format, :a.period, :a.periodStart,
              :a.periodEnd, :a.rowCount, :content, :a.sha256, :a.createdBy, :a.createdAt,
              :a.expiresAt)
          ON CONFLICT (id) DO NOTHING
      """)
  int insert(@BindMethods("a") Artifact artifact, @Bind("content") byte[] content);

  /** Removes those whose time is over. */
  @SqlUpdate("DELETE FROM control.report_artifact WHERE expires_at < :now")
  int removeExpired(@Bind("now") Instant now);
}

package com.freelync.control.automation;

import com.freelync.control.automation.Action.EntityRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface StepDao {
  String SELECT =
      """
      SELECT path, item, action, status, attempts, input::text AS input_json,
             output::text AS output_json, error::text AS error_json, started_at, finished_at
        FROM control.execution_step WHERE execution_id = :id
      """;

  @SqlQuery(SELECT + " ORDER BY ordinal")
  List<StepRow> of(@Bind("id") UUID executionId);

  @SqlQuery(SELECT + " AND path = :path AND item = ''")
  Optional<StepRow> find(@Bind("id") UUID executionId, @Bind("path") String path);

  /**
   * Writes a step; one that is COMPLETED already stays as it is, and who knows no input leaves the
   * one that is known.
   */
  @SqlUpdate(
      """
      INSERT INTO control.execution_step AS s
             (execution_id, path, action, status, attempts, input, output, error, started_at,
              finished_at)
      VALUES (:id, :path, :action, :status, :attempts, CAST(:input AS jsonb),
              CAST(:output AS jsonb), CAST(:error AS jsonb), :startedAt, :finishedAt)
      ON CONFLICT (execution_id, path, item) DO UPDATE
         SET status = excluded.status, attempts = greatest(s.attempts, excluded.attempts),
             input = CASE WHEN excluded.input = '{}'::jsonb THEN s.input ELSE excluded.input END,
             output = excluded.output, error = excluded.error,
             finished_at = excluded.finished_at
       WHERE s.status <> 'COMPLETED'
      """)
  int write(
      @Bind("id") UUID executionId,
      @Bind("path") String path,
      @Bind("action") String action,
      @Bind("status") String status,
      @Bind("attempts") int attempts,
      @Bind("input") String input,
      @Bind("output") @Nullable String output,
      @Bind("error") @Nullable String error,
      @Bind("startedAt") Instant startedAt,
      @Bind("finishedAt") @Nullable Instant finishedAt);

  /** Completes a step that waited for people. */
  @SqlUpdate(
      """
      UPDATE control.execution_step
         SET status = 'COMPLETED', output = CAST(:output AS jsonb), finished_at = :at
       WHERE execution_id = :id AND path = :path AND item = '' AND status = 'RUNNING'
      """)
  int answer(
      @Bind("id") UUID executionId,
      @Bind("path") String path,
      @Bind("output") String output,
      @Bind("at") Instant at);

  @SqlBatch(
      """
      INSERT INTO control.execution_entity (execution_id, entity_type, entity_id)
      VALUES (:id, :e.type, :e.id) ON CONFLICT DO NOTHING
      """)
  void affect(@Bind("id") UUID executionId, @BindMethods("e") List<EntityRef> entities);

  @SqlQuery(
      """
      SELECT entity_type AS type, entity_id AS id FROM control.execution_entity
       WHERE execution_id = :id ORDER BY 1, 2
      """)
  List<EntityRef> affected(@Bind("id") UUID executionId);
}

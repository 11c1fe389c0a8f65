package com.freelync.control.automation;

import com.freelync.control.automation.Action.EntityRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface StepDao {
  String SELECT =
      """
      SELECT path, item, action, status, attempts, input::text AS input_json,
             output::text AS output_json, error::text AS error_json, started_at, finished_at,
             generation, superseded
        FROM control.execution_step WHERE execution_id = :id
      """;

  @SqlQuery(SELECT + " ORDER BY ordinal")
  List<StepRow> of(@Bind("id") UUID executionId);

  /** The step at a place as it stands now. */
  @SqlQuery(SELECT + " AND path = :path AND item = :item AND NOT superseded")
  Optional<StepRow> find(
      @Bind("id") UUID executionId, @Bind("path") String path, @Bind("item") String item);

  /** The last generation of the step at a place, undone or not. */
  @SqlQuery(SELECT + " AND path = :path AND item = :item ORDER BY generation DESC LIMIT 1")
  Optional<StepRow> newest(
      @Bind("id") UUID executionId, @Bind("path") String path, @Bind("item") String item);

  /**
   * Writes a step; one that is COMPLETED already stays as it is, and who knows no input leaves the
   * one that is known.
   */
  @SqlUpdate(
      """
      INSERT INTO control.execution_step AS s
             (execution_id, path, item, action, status, attempts, input, output, error, started_at,
              finished_at, generation)
      VALUES (:id, :path, :item, :action, :status, :attempts, CAST(:input AS jsonb),
              CAST(:output AS jsonb), CAST(:error AS jsonb), :startedAt, :finishedAt,
              (SELECT count(*) FROM control.execution_step g
                WHERE g.execution_id = :id AND g.path = :path AND g.item = :item AND g.superseded))
      ON CONFLICT (execution_id, path, item, generation) DO UPDATE
         SET status = excluded.status, attempts = greatest(s.attempts, excluded.attempts),
             input = CASE WHEN excluded.input = '{}'::jsonb THEN s.input ELSE excluded.input END,
             output = excluded.output, error = excluded.error,
             finished_at = excluded.finished_at
       WHERE s.status <> 'COMPLETED'
      """)
  int write(
      @Bind("id") UUID executionId,
      @Bind("path") String path,
      @Bind("item") String item,
      @Bind("action") String action,
      @Bind("status") String status,
      @Bind("attempts") int attempts,
      @Bind("input") String input,
      @Bind("output") @Nullable String output,
      @Bind("error") @Nullable String error,
      @Bind("startedAt") Instant startedAt,
      @Bind("finishedAt") @Nullable Instant finishedAt);

  /** How many items the loops of an execution take, but for one. */
  @SqlQuery(
      """
      SELECT coalesce(sum(CAST(input ->> 'count' AS bigint)), 0) FROM control.execution_step
       WHERE execution_id = :id AND action = 'for_each' AND NOT superseded
         AND (path, item) <> (:path, :item)
      """)
  long itemsOfOtherLoops(
      @Bind("id") UUID executionId, @Bind("path") String path, @Bind("item") String item);

  /** Completes a step that waited for people. */
  @SqlUpdate(
      """
      UPDATE control.execution_step
         SET status = 'COMPLETED', output = CAST(:output AS jsonb), finished_at = :at
       WHERE execution_id = :id AND path = :path AND item = :item AND status = 'RUNNING'
         AND NOT superseded
      """)
  int answer(
      @Bind("id") UUID executionId,
      @Bind("path") String path,
      @Bind("item") String item,
      @Bind("output") String output,
      @Bind("at") Instant at);

  /**
   * Steps under a place that were called and may be undone, the last one first; what was refused
   * did nothing.
   *
   * @param paths the paths of steps that something undoes
   * @param outside those of them that leave the house, and may have done it although they failed
   */
  @SqlQuery(
      SELECT
          + """
            AND path = ANY (:paths) AND NOT superseded
            AND (:item = '' OR item = :item OR item LIKE :item || '/%')
            AND (status = 'COMPLETED'
                 OR (status IN ('RUNNING', 'FAILED') AND path = ANY (:outside)
                     AND coalesce(error ->> 'refused', 'false') <> 'true'))
            ORDER BY ordinal DESC
            """)
  List<StepRow> called(
      @Bind("id") UUID executionId,
      @Bind("paths") String[] paths,
      @Bind("outside") String[] outside,
      @Bind("item") String item);

  /** Whether a place is a block of which something was undone. */
  @SqlQuery(
      """
      SELECT EXISTS (SELECT 1 FROM control.execution_step
                      WHERE execution_id = :id AND NOT superseded
                        AND starts_with(path, :path || '/try/') AND path LIKE '%/compensate/%'
                        AND (:item = '' OR item = :item OR item LIKE :item || '/%'))
      """)
  boolean isUndone(
      @Bind("id") UUID executionId, @Bind("path") String path, @Bind("item") String item);

  /** Takes a step that failed up again, and the loops around it. */
  @SqlUpdate(
      """
      UPDATE control.execution_step SET status = 'RUNNING', finished_at = NULL
       WHERE execution_id = :id AND NOT superseded AND status = 'FAILED'
         AND ((path = :path AND item = :item)
              OR (action = 'for_each' AND starts_with(:path, path || '/for_each/')
                  AND (item = '' OR starts_with(:item, item || '/'))))
      """)
  int reopen(@Bind("id") UUID executionId, @Bind("path") String path, @Bind("item") String item);

  /** Marks everything within a block as undone: it is taken again. */
  @SqlUpdate(
      """
      UPDATE control.execution_step SET superseded = true
       WHERE execution_id = :id AND NOT superseded
         AND (path = :path OR starts_with(path, :path || '/'))
         AND (:item = '' OR item = :item OR item LIKE :item || '/%')
      """)
  int supersede(@Bind("id") UUID executionId, @Bind("path") String path, @Bind("item") String item);

  @SqlUpdate(
      """
      INSERT INTO control.execution_entity (execution_id, entity_type, entity_id)
      SELECT :id, type, id FROM unnest(CAST(:types AS text[]), CAST(:ids AS text[])) AS e(type, id)
      ON CONFLICT DO NOTHING
      """)
  void affect(
      @Bind("id") UUID executionId, @Bind("types") String[] types, @Bind("ids") String[] ids);

  /** Notes what an execution did something to. */
  default void affect(UUID executionId, List<EntityRef> entities) {
    if (!entities.isEmpty()) {
      affect(
          executionId,
          entities.stream().map(EntityRef::type).toArray(String[]::new),
          entities.stream().map(EntityRef::id).toArray(String[]::new));
    }
  }

  @SqlQuery(
      """
      SELECT entity_type AS type, entity_id AS id FROM control.execution_entity
       WHERE execution_id = :id ORDER BY 1, 2
      """)
  List<EntityRef> affected(@Bind("id") UUID executionId);
}

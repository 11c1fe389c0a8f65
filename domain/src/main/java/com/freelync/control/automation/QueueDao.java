package com.freelync.control.automation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Executions that wait before they begin. */
interface QueueDao {
  @SqlQuery("SELECT control.take_executions(:limit, :scope, :hour, :wanted, :most)")
  int take(
      @Bind("limit") String limit,
      @Bind("scope") String scope,
      @Bind("hour") Instant hour,
      @Bind("wanted") int wanted,
      @Bind("most") int most);

  @SqlQuery("SELECT * FROM control.let_executions_in(:limit, :scope, :hour, :most, :batch)")
  List<UUID> letIn(
      @Bind("limit") String limit,
      @Bind("scope") String scope,
      @Bind("hour") Instant hour,
      @Bind("most") int most,
      @Bind("batch") int batch);

  /** How much of a limit is used in an hour, by who used most. */
  @SqlQuery(
      """
      SELECT coalesce(max(used), 0)::bigint FROM control.limit_window
       WHERE action = :limit AND measure = 'COUNT_PER_HOUR' AND starts_at = :hour
      """)
  long mostUsed(@Bind("limit") String limit, @Bind("hour") Instant hour);

  /** Puts executions at the end, in their order. */
  @SqlUpdate(
      """
      INSERT INTO control.execution_queue
             (execution_id, workflow_id, waits_for, limit_name, limit_scope, since, request_id)
      SELECT execution_id, workflow_id, CASE WHEN CAST(:limit AS text) IS NULL THEN 'SLOT' ELSE 'LIMIT' END,
             CAST(:limit AS text), CAST(:scope AS text), :now, :requestId
        FROM unnest(CAST(:executions AS uuid[]), CAST(:workflows AS uuid[])) WITH ORDINALITY
             AS q(execution_id, workflow_id, place)
       ORDER BY place
      """)
  void enter(
      @Bind("executions") UUID[] executions,
      @Bind("workflows") UUID[] workflows,
      @Bind("limit") @Nullable String limit,
      @Bind("scope") @Nullable String scope,
      @Bind("now") Instant now,
      @Bind("requestId") @Nullable String requestId);

  @SqlUpdate("DELETE FROM control.execution_queue WHERE execution_id = :execution")
  int leave(@Bind("execution") UUID execution);

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM control.execution_queue WHERE execution_id = :execution)")
  boolean isWaiting(@Bind("execution") UUID execution);

  @SqlUpdate(
      "INSERT INTO control.automation_lane (workflow_id) VALUES (:workflow) ON CONFLICT DO NOTHING")
  void openLane(@Bind("workflow") UUID workflow);

  @SqlQuery(
      "SELECT workflow_id FROM control.automation_lane WHERE workflow_id = :workflow FOR UPDATE")
  UUID lockLane(@Bind("workflow") UUID workflow);

  /** Whether those of an automation that wait may begin at all. */
  @SqlQuery(
      """
      SELECT w.status, EXISTS (SELECT 1 FROM control.kill_switch k
                                WHERE k.is_on AND k.scope IN ('*', w.id::text)) AS is_killed
        FROM control.automation_workflow w WHERE w.id = :workflow
      """)
  Gate gate(@Bind("workflow") UUID workflow);

  /** Those that wait for their turn, the first ones first. */
  @SqlQuery(
      """
      SELECT q.execution_id, e.workflow_version, e.run, q.request_id
        FROM control.execution_queue q
        JOIN control.workflow_execution e ON e.id = q.execution_id
       WHERE q.workflow_id = :workflow AND q.waits_for = 'SLOT' AND e.finished_at IS NULL
       ORDER BY q.place LIMIT :limit
      """)
  List<Waiting> waiting(@Bind("workflow") UUID workflow, @Bind("limit") int limit);

  /** Those of an automation that wait for their turn beyond a number of them. */
  @SqlQuery(
      """
      SELECT q.execution_id, e.workflow_version, e.run, q.request_id
        FROM control.execution_queue q
        JOIN control.workflow_execution e ON e.id = q.execution_id
       WHERE q.workflow_id = :workflow AND q.waits_for = 'SLOT' AND e.run = 1
       ORDER BY q.place OFFSET :most LIMIT :limit
      """)
  List<Waiting> beyond(
      @Bind("workflow") UUID workflow, @Bind("most") int most, @Bind("limit") int limit);

  @SqlQuery("SELECT count(*) FROM control.execution_queue WHERE workflow_id = :workflow")
  int count(@Bind("workflow") UUID workflow);

  @SqlQuery("SELECT count(*) FROM control.execution_queue")
  long count();

  /** Those of an automation that are under way, the oldest first. */
  @SqlQuery(
      """
      SELECT e.id FROM control.workflow_execution e
       WHERE e.workflow_id = :workflow AND e.status IN ('PENDING', 'RUNNING', 'AWAITING_APPROVAL')
         AND NOT EXISTS (SELECT 1 FROM control.execution_queue q WHERE q.execution_id = e.id)
       ORDER BY e.created_at, e.id LIMIT :limit
      """)
  List<UUID> underWay(@Bind("workflow") UUID workflow, @Bind("limit") int limit);

  /** Ends an execution that never began. */
  @SqlUpdate(
      """
      UPDATE control.workflow_execution
         SET status = 'SKIPPED', finished_at = :now, reason = :reason
       WHERE id = :execution AND finished_at IS NULL AND status = 'PENDING'
      """)
  int skip(
      @Bind("execution") UUID execution, @Bind("reason") String reason, @Bind("now") Instant now);

  /**
   * What ended, and whether others of its automation may wait for that: who comes to wait just now
   * looks by itself, where the mode is one that lets wait.
   */
  @SqlQuery(
      """
      SELECT e.workflow_id, v.name, e.status, e.started_at, e.created_at, e.finished_at,
             EXISTS (SELECT 1 FROM control.automation_lane l WHERE l.workflow_id = e.workflow_id)
               AND (jsonb_exists(v.definition, 'mode')
                    OR EXISTS (SELECT 1 FROM control.execution_queue q
                                WHERE q.workflow_id = e.workflow_id AND q.waits_for = 'SLOT'
                                  AND q.execution_id <> e.id))
               AS has_lane,
             EXISTS (SELECT 1 FROM control.execution_queue q WHERE q.execution_id = e.id)
               AS is_queued,
             EXISTS (SELECT 1 FROM control.execution_wait w WHERE w.execution_id = e.id) AS is_held
        FROM control.workflow_execution e
        JOIN control.automation_version v
          ON v.workflow_id = e.workflow_id AND v.version = e.workflow_version
       WHERE e.id = :execution
      """)
  Optional<Ended> ended(@Bind("execution") UUID execution);

  /** One worker at a time looks after them; the others need not. */
  @SqlQuery("SELECT pg_try_advisory_xact_lock(hashtext('control.execution_queue'))")
  boolean isOnlyOne();

  /** The limits for which some wait. */
  @SqlQuery(
      """
      SELECT DISTINCT limit_name, limit_scope FROM control.execution_queue
       WHERE waits_for = 'LIMIT' LIMIT 100
      """)
  List<FullLimit> fullLimits();

  /** Automations of which some wait for their turn, the longest first. */
  @SqlQuery(
      """
      SELECT workflow_id FROM control.execution_queue WHERE waits_for = 'SLOT'
       GROUP BY workflow_id ORDER BY min(place) LIMIT 200
      """)
  List<UUID> lanesInUse();

  /** What decides whether an automation's runs begin. */
  record Gate(String status, boolean isKilled) {}

  /** An execution that waits for its turn. */
  record Waiting(UUID executionId, int workflowVersion, int run, @Nullable String requestId) {}

  /** A limit for which some wait. */
  record FullLimit(String limitName, String limitScope) {}

  /** An execution that ended, and what waited for it or in it. */
  record Ended(
      UUID workflowId,
      String name,
      String status,
      @Nullable Instant startedAt,
      Instant createdAt,
      Instant finishedAt,
      boolean hasLane,
      boolean isQueued,
      boolean isHeld) {}
}

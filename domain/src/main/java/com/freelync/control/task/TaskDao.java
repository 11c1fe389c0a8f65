package com.freelync.control.task;

import com.freelync.control.database.ListQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface TaskDao {
  /** How the last execution of a task goes is part of where the task stands. */
  String SELECT =
      """
      SELECT * FROM (
        SELECT t.id, t.name, t.workflow_id, w.name AS workflow_name,
               t.payload::text AS payload_json, t.at, t.cron, t.time_zone, t.missed,
               t.catch_up_seconds, t.status AS kept_status, t.since, t.problem, t.problem_at,
               t.revision, t.created_by, t.created_at, t.updated_at, t.request_id,
               e.id AS execution_id, e.status AS execution_status, e.scheduled_at AS executed_for,
               e.created_at AS executed_at, e.finished_at AS execution_finished_at,
               CASE WHEN t.status IN ('SCHEDULED', 'RUNNING') AND e.id IS NOT NULL
                     AND e.finished_at IS NULL THEN 'RUNNING'
                    WHEN t.status = 'RUNNING' AND e.status IN ('COMPLETED', 'SKIPPED')
                    THEN 'COMPLETED'
                    WHEN t.status = 'RUNNING' AND e.id IS NOT NULL THEN 'FAILED'
                    ELSE t.status END AS status
          FROM control.scheduled_task t
          JOIN control.automation_workflow w ON w.id = t.workflow_id
          LEFT JOIN LATERAL (
            SELECT x.id, x.status, x.scheduled_at, x.created_at, x.finished_at
              FROM control.workflow_execution x WHERE x.task_id = t.id
             ORDER BY x.created_at DESC, x.id DESC LIMIT 1) e ON true) t
      """;

  @SqlQuery(SELECT + " WHERE t.id = :id")
  Optional<TaskRow> find(@Bind("id") UUID id);

  @SqlQuery("SELECT id FROM control.scheduled_task WHERE id = :id FOR UPDATE")
  Optional<UUID> lockRow(@Bind("id") UUID id);

  /** The task as it is once its row is locked. */
  default Optional<TaskRow> lock(UUID id) {
    return lockRow(id).flatMap(this::find);
  }

  /** The list of those that fit what is given, newest first. */
  static ListQuery list(@Nullable String status, @Nullable UUID workflowId) {
    return new ListQuery(SELECT, "t.created_at", "t.id")
        .where("t.status = :status", "status", status)
        .where("t.workflow_id = :workflowId", "workflowId", workflowId);
  }

  /** Those that wait for an instant, in the order of their ids. */
  @SqlQuery(
      SELECT + " WHERE t.kept_status = 'SCHEDULED' AND t.id > :after ORDER BY t.id LIMIT :limit")
  List<TaskRow> waiting(@Bind("after") UUID after, @Bind("limit") int limit);

  @SqlUpdate(
      """
      INSERT INTO control.scheduled_task
             (id, name, workflow_id, payload, at, cron, time_zone, missed, catch_up_seconds, status,
              since, created_by, created_at, updated_at, request_id)
      VALUES (:id, :t.name, :t.workflowId, CAST(:t.payloadJson AS jsonb), :t.at, :t.cron,
              :t.timeZone, :t.missed, :t.catchUpSeconds, 'SCHEDULED', :now, :by, :now, :now,
              :requestId)
      ON CONFLICT (id) DO NOTHING
      """)
  int insert(
      @Bind("id") UUID id,
      @BindMethods("t") NewRow task,
      @Bind("by") String by,
      @Bind("requestId") @Nullable String requestId,
      @Bind("now") Instant now);

  @SqlUpdate(
      """
      UPDATE control.scheduled_task
         SET status = :status, problem = :problem, problem_at = :problemAt,
             revision = revision + 1, updated_at = :now
       WHERE id = :id
      """)
  void update(
      @Bind("id") UUID id,
      @Bind("status") String status,
      @Bind("problem") @Nullable String problem,
      @Bind("problemAt") @Nullable Instant problemAt,
      @Bind("now") Instant now);

  /** What a new task says. */
  record NewRow(
      String name,
      UUID workflowId,
      String payloadJson,
      @Nullable Instant at,
      @Nullable String cron,
      @Nullable String timeZone,
      String missed,
      long catchUpSeconds) {}
}

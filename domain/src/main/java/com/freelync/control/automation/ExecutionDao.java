package com.freelync.control.automation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

@RegisterConstructorMapper(ExecutionRow.class)
interface ExecutionDao {
  String SELECT =
      """
      SELECT e.id, e.workflow_id, w.name AS workflow_name, e.workflow_version, e.status,
             e.trigger_type, e.triggered_by, e.why, e.event_id,
             e.trigger_data::text AS trigger_data_json, e.entity_type, e.entity_id,
             e.facts::text AS facts_json, e.conditions::text AS conditions_json, e.reason,
             e.error::text AS error_json, e.run, e.request_id, e.created_at, e.started_at,
             e.finished_at, e.cancel_requested_at, e.cancel_requested_by, e.cancel_reason
        FROM control.workflow_execution e
        JOIN control.automation_workflow w ON w.id = e.workflow_id
      """;

  /** Inserts executions; one that exists already is left as it is. */
  @SqlBatch(
      """
      INSERT INTO control.workflow_execution
             (id, workflow_id, workflow_version, status, trigger_type, triggered_by, why, event_id,
              trigger_data, entity_type, entity_id, facts, conditions, reason, error, request_id,
              created_at, finished_at)
      VALUES (:r.id, :r.workflowId, :r.version, :r.status, :r.triggerType, :r.triggeredBy, :r.why,
              :r.eventId, CAST(:r.triggerDataJson AS jsonb), :r.entityType, :r.entityId,
              CAST(:r.factsJson AS jsonb), CAST(:r.conditionsJson AS jsonb), :r.reason,
              CAST(:r.errorJson AS jsonb), :r.requestId, :r.at,
              CASE WHEN :r.status = 'PENDING' THEN NULL ELSE CAST(:r.at AS timestamptz) END)
      ON CONFLICT DO NOTHING
      """)
  int[] insert(@BindMethods("r") List<InsertRow> rows);

  @SqlQuery(SELECT + " WHERE e.id = :id")
  Optional<ExecutionRow> find(@Bind("id") UUID id);

  /** Locks the row alone: what is joined to it is read afterwards, as it is then. */
  @SqlQuery("SELECT id FROM control.workflow_execution WHERE id = :id FOR UPDATE")
  Optional<UUID> lockRow(@Bind("id") UUID id);

  /** The execution as it is once its row is locked. */
  default Optional<ExecutionRow> lock(UUID id) {
    return lockRow(id).flatMap(this::find);
  }

  @SqlQuery(
      SELECT
          + """
            WHERE (CAST(:status AS text) IS NULL OR e.status = :status)
              AND (CAST(:workflowId AS uuid) IS NULL OR e.workflow_id = :workflowId)
              AND (CAST(:entityId AS text) IS NULL
                   OR (e.entity_id = :entityId
                       AND (CAST(:entityType AS text) IS NULL OR e.entity_type = :entityType)))
              AND (CAST(:eventId AS uuid) IS NULL OR e.event_id = :eventId)
              AND (CAST(:from AS timestamptz) IS NULL OR e.created_at >= :from)
              AND (CAST(:to AS timestamptz) IS NULL OR e.created_at < :to)
              AND (e.created_at, e.id) < (:at, :id)
            ORDER BY e.created_at DESC, e.id DESC LIMIT :limit
            """)
  List<ExecutionRow> list(
      @BindMethods ExecutionFilter filter,
      @Bind("at") Instant at,
      @Bind("id") UUID id,
      @Bind("limit") int limit);

  @SqlUpdate(
      """
      UPDATE control.workflow_execution SET status = 'RUNNING', started_at = :at
       WHERE id = :id AND status = 'PENDING'
      """)
  int begin(@Bind("id") UUID id, @Bind("at") Instant at);

  @SqlUpdate(
      """
      UPDATE control.workflow_execution
         SET status = :status, finished_at = :at, reason = coalesce(:reason, reason),
             error = CAST(:error AS jsonb)
       WHERE id = :id AND finished_at IS NULL
      """)
  int finish(
      @Bind("id") UUID id,
      @Bind("status") String status,
      @Bind("at") Instant at,
      @Bind("reason") @Nullable String reason,
      @Bind("error") @Nullable String error);

  @SqlUpdate(
      """
      UPDATE control.workflow_execution
         SET cancel_requested_at = :at, cancel_requested_by = :by, cancel_reason = :reason
       WHERE id = :id AND finished_at IS NULL AND cancel_requested_at IS NULL
      """)
  int requestCancel(
      @Bind("id") UUID id,
      @Bind("at") Instant at,
      @Bind("by") String by,
      @Bind("reason") String reason);

  /** What is inserted. */
  record InsertRow(
      UUID id,
      UUID workflowId,
      int version,
      String status,
      String triggerType,
      String triggeredBy,
      @Nullable String why,
      @Nullable UUID eventId,
      String triggerDataJson,
      @Nullable String entityType,
      @Nullable String entityId,
      String factsJson,
      String conditionsJson,
      @Nullable String reason,
      @Nullable String errorJson,
      @Nullable String requestId,
      Instant at) {}
}

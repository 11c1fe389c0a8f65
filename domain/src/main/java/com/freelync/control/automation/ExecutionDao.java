package com.freelync.control.automation;

import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface ExecutionDao {
  String SELECT =
      """
      SELECT e.id, e.workflow_id, v.name AS workflow_name, e.workflow_version, e.status,
             e.trigger_type, e.triggered_by, e.why, e.event_id, e.scheduled_at,
             e.task_id, e.trigger_data::text AS trigger_data_json, e.entity_type, e.entity_id,
             e.facts::text AS facts_json, e.conditions::text AS conditions_json, e.reason,
             e.error::text AS error_json, e.run, e.request_id, e.created_at, e.started_at,
             e.finished_at, e.cancel_requested_at, e.cancel_requested_by, e.cancel_reason,
             e.cancel_compensates
        FROM control.workflow_execution e
        JOIN control.automation_version v
          ON v.workflow_id = e.workflow_id AND v.version = e.workflow_version
      """;

  /** Inserts executions and returns the ids of those; one that exists already stays as it is. */
  @SqlQuery(
      """
      INSERT INTO control.workflow_execution
             (id, workflow_id, workflow_version, status, trigger_type, triggered_by, why, event_id,
              trigger_data, entity_type, entity_id, facts, conditions, reason, error, request_id,
              created_at, finished_at, scheduled_at, change_id, task_id)
      SELECT id, workflow_id, version, status, trigger_type, triggered_by, why, event_id,
             CAST(trigger_data AS jsonb), entity_type, entity_id, CAST(facts AS jsonb),
             CAST(conditions AS jsonb), reason, CAST(error AS jsonb), :r.requestId, :r.at,
             CASE WHEN status = 'PENDING' THEN NULL ELSE CAST(:r.at AS timestamptz) END,
             CAST(scheduled_at AS timestamptz), change_id, task_id
        FROM unnest(CAST(:r.ids AS uuid[]), CAST(:r.workflowIds AS uuid[]),
                    CAST(:r.versions AS integer[]), CAST(:r.statuses AS text[]),
                    CAST(:r.triggerTypes AS text[]), CAST(:r.triggeredBy AS text[]),
                    CAST(:r.whys AS text[]), CAST(:r.eventIds AS uuid[]),
                    CAST(:r.triggerData AS text[]), CAST(:r.entityTypes AS text[]),
                    CAST(:r.entityIds AS text[]), CAST(:r.facts AS text[]),
                    CAST(:r.conditions AS text[]), CAST(:r.reasons AS text[]),
                    CAST(:r.errors AS text[]), CAST(:r.scheduledAt AS text[]),
                    CAST(:r.changeIds AS bigint[]), CAST(:r.taskIds AS uuid[]))
             AS e(id, workflow_id, version, status, trigger_type, triggered_by, why, event_id,
                  trigger_data, entity_type, entity_id, facts, conditions, reason, error, scheduled_at,
                  change_id, task_id)
      ON CONFLICT DO NOTHING
      RETURNING id
      """)
  Set<UUID> insert(@BindMethods("r") InsertRows rows);

  @SqlQuery(SELECT + " WHERE e.id = :id")
  Optional<ExecutionRow> find(@Bind("id") UUID id);

  /** Locks the row alone: what is joined to it is read afterwards, as it is then. */
  @SqlQuery("SELECT id FROM control.workflow_execution WHERE id = :id FOR UPDATE")
  Optional<UUID> lockRow(@Bind("id") UUID id);

  /** The execution as it is once its row is locked. */
  default Optional<ExecutionRow> lock(UUID id) {
    return lockRow(id).flatMap(this::find);
  }

  /**
   * Marks an execution as running; one that runs already keeps its start, one that is over none.
   */
  @SqlUpdate(
      """
      UPDATE control.workflow_execution
         SET status = CASE status WHEN 'PENDING' THEN 'RUNNING' ELSE status END,
             started_at = coalesce(started_at, :at)
       WHERE id = :id AND finished_at IS NULL
      """)
  int begin(@Bind("id") UUID id, @Bind("at") Instant at);

  /** What a step of a run acts on. */
  String ACTING =
      """
      workflow_id, workflow_version, triggered_by, status, finished_at IS NOT NULL AS is_over,
      cancel_requested_at IS NOT NULL AS is_cancelled,
      cancel_compensates AS compensates, facts::text AS facts_json,
      trigger_data::text AS trigger_data_json, request_id
      """;

  /** Locks the row and reads what a step of the run acts on. */
  @SqlQuery("SELECT " + ACTING + " FROM control.workflow_execution WHERE id = :id FOR UPDATE")
  Optional<ActingRow> lockActing(@Bind("id") UUID id);

  /** The same where the step begins the run; empty if that is over, or is none. */
  @SqlQuery(
      """
      UPDATE control.workflow_execution
         SET status = CASE status WHEN 'PENDING' THEN 'RUNNING' ELSE status END,
             started_at = coalesce(started_at, :at)
       WHERE id = :id AND finished_at IS NULL
      RETURNING
      """
          + ACTING)
  Optional<ActingRow> beginActing(@Bind("id") UUID id, @Bind("at") Instant at);

  /** Open executions that wait for nobody and for which the outbox owes nothing. */
  @SqlQuery(
      """
      SELECT e.id, e.run, e.created_at
        FROM control.workflow_execution e
       WHERE e.finished_at IS NULL
         AND coalesce(e.started_at, e.created_at) < :before
         AND (e.created_at, e.id) < (:at, :id)
         AND NOT EXISTS (SELECT 1 FROM control.execution_queue q WHERE q.execution_id = e.id)
         AND NOT EXISTS (SELECT 1 FROM control.outbox o
                          WHERE o.topic = 'automation.run' AND o.key = e.id::text)
       ORDER BY e.created_at DESC, e.id DESC LIMIT :limit
      """)
  List<OpenRuns.OpenRun> open(
      @Bind("before") Instant before,
      @Bind("at") Instant at,
      @Bind("id") UUID id,
      @Bind("limit") int limit);

  /** Ends an execution whose cancellation was asked for and whose run is gone. */
  @SqlUpdate(
      """
      UPDATE control.workflow_execution
         SET status = 'CANCELLED', finished_at = :at, reason = coalesce(cancel_reason, reason)
       WHERE id = :id AND finished_at IS NULL AND cancel_requested_at IS NOT NULL
      """)
  int finishCancelled(@Bind("id") UUID id, @Bind("at") Instant at);

  /** A run that goes on waits for people. */
  @SqlUpdate(
      """
      UPDATE control.workflow_execution SET status = 'AWAITING_APPROVAL'
       WHERE id = :id AND status = 'RUNNING'
      """)
  int waitForPeople(@Bind("id") UUID id);

  /** People have decided: the run goes on, if it is not over and nobody else is asked. */
  @SqlQuery(
      """
      UPDATE control.workflow_execution
         SET status = CASE WHEN status = 'AWAITING_APPROVAL' AND NOT EXISTS (
                  SELECT 1 FROM control.approval_request r
                   WHERE r.subject_type = 'execution' AND r.subject_id = CAST(:id AS text)
                     AND r.status = 'WAITING') THEN 'RUNNING' ELSE status END
       WHERE id = :id AND finished_at IS NULL
      RETURNING run, cancel_requested_at IS NOT NULL AS is_cancelled
      """)
  Optional<OpenRow> goOn(@Bind("id") UUID id);

  /** One that is not over. */
  @SqlQuery(
      """
      SELECT run, cancel_requested_at IS NOT NULL AS is_cancelled
        FROM control.workflow_execution WHERE id = :id AND finished_at IS NULL
      """)
  Optional<OpenRow> findOpen(@Bind("id") UUID id);

  @SqlUpdate(
      """
      UPDATE control.workflow_execution
         SET status = :status, finished_at = :at,
             reason = coalesce(:reason, CASE WHEN :status = 'CANCELLED' THEN
                 coalesce(cancel_reason, 'Its run was cancelled in Temporal.') END, reason),
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
         SET cancel_requested_at = :at, cancel_requested_by = :by, cancel_reason = :reason,
             cancel_compensates = :compensates
       WHERE id = :id AND finished_at IS NULL AND cancel_requested_at IS NULL
      """)
  int requestCancel(
      @Bind("id") UUID id,
      @Bind("at") Instant at,
      @Bind("by") String by,
      @Bind("reason") String reason,
      @Bind("compensates") boolean compensates);

  /** Makes the next run of an execution that failed. */
  @SqlUpdate(
      """
      UPDATE control.workflow_execution
         SET status = 'PENDING', run = run + 1, finished_at = NULL, reason = NULL, error = NULL,
             cancel_requested_at = NULL, cancel_requested_by = NULL, cancel_reason = NULL,
             cancel_compensates = false
       WHERE id = :id AND status = 'FAILED'
      """)
  int takeUpAgain(@Bind("id") UUID id);

  /** What a doorbell needs of a run. */
  record OpenRow(int run, boolean isCancelled) {}

  /** What a step of a run acts on. */
  record ActingRow(
      UUID workflowId,
      int workflowVersion,
      String triggeredBy,
      String status,
      boolean isOver,
      boolean isCancelled,
      boolean compensates,
      String factsJson,
      String triggerDataJson,
      @Nullable String requestId) {
    /** Whether its steps may act: of several at the same time one may wait for people. */
    boolean acts() {
      return status.equals("RUNNING") || status.equals("AWAITING_APPROVAL");
    }
  }

  /** What is inserted, column by column: the n-th values together are one row. */
  record InsertRows(
      UUID[] ids,
      UUID[] workflowIds,
      Integer[] versions,
      String[] statuses,
      String[] triggerTypes,
      String[] triggeredBy,
      @Nullable String[] whys,
      @Nullable UUID[] eventIds,
      String[] triggerData,
      @Nullable String[] entityTypes,
      @Nullable String[] entityIds,
      String[] facts,
      String[] conditions,
      @Nullable String[] reasons,
      @Nullable String[] errors,
      @Nullable String[] scheduledAt,
      @Nullable Long[] changeIds,
      @Nullable UUID[] taskIds,
      @Nullable String requestId,
      Instant at) {
    static InsertRows of(List<NewExecution> rows, @Nullable String requestId, Instant at) {
      return new InsertRows(
          rows.stream().map(NewExecution::id).toArray(UUID[]::new),
          rows.stream().map(row -> row.automation().id()).toArray(UUID[]::new),
          rows.stream().map(row -> row.automation().version()).toArray(Integer[]::new),
          texts(rows, NewExecution::status),
          texts(rows, NewExecution::triggerType),
          texts(rows, NewExecution::triggeredBy),
          texts(rows, NewExecution::why),
          rows.stream().map(row -> row.origin().eventId()).toArray(UUID[]::new),
          texts(rows, row -> Json.write(row.triggerData())),
          texts(rows, NewExecution::entityType),
          texts(rows, NewExecution::entityId),
          texts(rows, row -> Json.write(row.facts())),
          texts(rows, row -> Json.write(row.conditions())),
          texts(rows, NewExecution::reason),
          texts(rows, NewExecution::errorJson),
          texts(rows, row -> row.origin().scheduledAtText()),
          rows.stream().map(row -> row.origin().changeId()).toArray(Long[]::new),
          rows.stream().map(row -> row.origin().taskId()).toArray(UUID[]::new),
          requestId,
          at);
    }

    private static String[] texts(
        List<NewExecution> rows, Function<NewExecution, @Nullable String> column) {
      return rows.stream().map(column).toArray(String[]::new);
    }
  }
}

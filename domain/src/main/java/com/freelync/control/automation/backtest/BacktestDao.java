package com.freelync.control.automation.backtest;

import com.freelync.control.database.ListQuery;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface BacktestDao {
  String SELECT =
      """
      SELECT id, workflow_id, version, status, definition::text AS definition_json,
             other::text AS other_json, from_at, to_at, done, total, state::text AS state_json,
             problem, created_by, created_at, finished_at
        FROM control.backtest
      """;

  @SqlQuery(SELECT + " WHERE id = :id")
  Optional<BacktestRow> find(@Bind("id") UUID id);

  @SqlQuery(SELECT + " WHERE id = :id FOR UPDATE")
  Optional<BacktestRow> lock(@Bind("id") UUID id);

  static ListQuery list(@Nullable UUID workflowId) {
    return new ListQuery(SELECT, "created_at", "id")
        .where("workflow_id = :workflowId", "workflowId", workflowId);
  }

  @SqlQuery("SELECT count(*) FROM control.backtest WHERE status = 'RUNNING' AND created_by = :by")
  int running(@Bind("by") String by);

  @SqlUpdate(
      """
      INSERT INTO control.backtest
             (id, workflow_id, version, status, definition, other, from_at, to_at, done, total, state,
              created_by, created_at)
      VALUES (:id, :workflowId, :version, :status, :definitionJson::jsonb, :otherJson::jsonb, :fromAt,
              :toAt, :done, :total, :stateJson::jsonb, :createdBy, :createdAt)
      ON CONFLICT (id) DO NOTHING
      """)
  int insert(@BindMethods BacktestRow row);

  /** Keeps a part that was worked out, unless somebody else did so meanwhile. */
  @SqlUpdate(
      """
      UPDATE control.backtest SET done = :done, state = :state::jsonb
       WHERE id = :id AND status = 'RUNNING' AND done = :before
      """)
  int advance(
      @Bind("id") UUID id,
      @Bind("before") long before,
      @Bind("done") long done,
      @Bind("state") String state);

  @SqlUpdate(
      """
      UPDATE control.backtest SET status = :status, problem = :problem, finished_at = :at
       WHERE id = :id AND status = 'RUNNING'
      """)
  int end(
      @Bind("id") UUID id,
      @Bind("status") String status,
      @Bind("problem") @Nullable String problem,
      @Bind("at") Instant at);
}

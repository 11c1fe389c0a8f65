package com.freelync.control.automation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface BulkDao {
  @SqlUpdate(
      """
      INSERT INTO control.bulk_operation
             (id, action, compensate, reason, token, count, moved, would_move, status, created_by,
              created_at, request_id)
      VALUES (:b.id, :b.action, :b.compensate, :b.reason, :b.token, :b.count, :b.moved, :b.wouldMove,
              'RUNNING', :b.createdBy, :b.createdAt, :b.requestId)
      ON CONFLICT DO NOTHING
      """)
  int insert(@BindMethods("b") BulkRow bulk);

  @SqlUpdate(
      """
      INSERT INTO control.bulk_item (bulk_id, place, execution_id, run, state)
      SELECT :bulk, place, execution_id, run, 'WAITING'
        FROM unnest(CAST(:executions AS uuid[]), CAST(:runs AS integer[])) WITH ORDINALITY
             AS item(execution_id, run, place)
      """)
  int insertItems(
      @Bind("bulk") UUID bulk, @Bind("executions") UUID[] executions, @Bind("runs") Integer[] runs);

  @SqlQuery(
      """
      SELECT id, action, compensate, reason, token, count, moved, would_move, created_by, created_at,
             request_id, status, finished_at
        FROM control.bulk_operation WHERE id = :id
      """)
  Optional<BulkRow> find(@Bind("id") UUID id);

  @SqlQuery("SELECT id FROM control.bulk_operation WHERE token = :token")
  Optional<UUID> ofToken(@Bind("token") String token);

  @SqlQuery(
      """
      SELECT place, execution_id, run FROM control.bulk_item
       WHERE bulk_id = :bulk AND state = 'WAITING' ORDER BY place LIMIT :limit
      """)
  List<Item> waiting(@Bind("bulk") UUID bulk, @Bind("limit") int limit);

  /** Takes an item, unless somebody has it or had it. */
  @SqlQuery(
      """
      SELECT place FROM control.bulk_item
       WHERE bulk_id = :bulk AND place = :place AND state = 'WAITING' FOR UPDATE SKIP LOCKED
      """)
  Optional<Integer> take(@Bind("bulk") UUID bulk, @Bind("place") int place);

  @SqlUpdate(
      """
      UPDATE control.bulk_item SET state = :state, problem = :problem
       WHERE bulk_id = :bulk AND place = :place AND state = 'WAITING'
      """)
  int settle(
      @Bind("bulk") UUID bulk,
      @Bind("place") int place,
      @Bind("state") String state,
      @Bind("problem") @Nullable String problem);

  /** Of several that carry the same batch on one does. */
  @SqlUpdate(
      """
      UPDATE control.bulk_operation SET batch = batch + 1
       WHERE id = :id AND batch = :batch AND status = 'RUNNING'
      """)
  int carryOn(@Bind("id") UUID id, @Bind("batch") int batch);

  @SqlUpdate(
      """
      UPDATE control.bulk_operation SET status = 'COMPLETED', finished_at = :at WHERE id = :id
      """)
  int finish(@Bind("id") UUID id, @Bind("at") Instant at);

  @SqlQuery(
      """
      SELECT state, coalesce(problem, '') AS problem, count(*) AS count,
             array_agg(execution_id) FILTER (WHERE nth <= 10) AS examples
        FROM (SELECT i.*, row_number() OVER (PARTITION BY state, problem ORDER BY place) AS nth
                FROM control.bulk_item i WHERE bulk_id = :id) item
       GROUP BY state, problem ORDER BY min(place)
      """)
  List<Group> groups(@Bind("id") UUID id);

  /** A bulk operation. */
  record BulkRow(
      UUID id,
      String action,
      boolean compensate,
      String reason,
      String token,
      int count,
      BigDecimal moved,
      BigDecimal wouldMove,
      String createdBy,
      Instant createdAt,
      @Nullable String requestId,
      String status,
      @Nullable Instant finishedAt) {}

  /** An execution of one. */
  record Item(int place, UUID executionId, int run) {}

  /** Executions of one that went the same way. */
  record Group(String state, String problem, int count, List<UUID> examples) {}

  /**
   * An execution that is meant.
   *
   * @param moved ETB that its steps have moved
   * @param about ETB that its entity is about, where its automation moves money
   */
  record Candidate(
      UUID id,
      String status,
      int run,
      boolean hasBegun,
      boolean isAsked,
      BigDecimal moved,
      BigDecimal about) {
    /** ETB that it was about and has not moved. */
    BigDecimal wouldMove() {
      return moved.signum() > 0 ? BigDecimal.ZERO : about;
    }
  }
}

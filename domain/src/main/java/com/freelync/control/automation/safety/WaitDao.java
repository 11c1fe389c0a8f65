package com.freelync.control.automation.safety;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface WaitDao {
  /** Notes that a step waits; one that waits already keeps its place in the order. */
  @SqlUpdate(
      """
      INSERT INTO control.execution_wait AS w
             (execution_id, path, item, waits_for, action, workflow_id, amount, waits_in, since, until)
      VALUES (:execution, :path, :item, :waitsFor, :action, :workflow, :amount, :waitsIn, :now, :until)
      ON CONFLICT (execution_id, path, item) DO UPDATE
         SET since = CASE WHEN w.waits_for = excluded.waits_for THEN w.since ELSE excluded.since END,
             waits_for = excluded.waits_for, amount = excluded.amount, until = excluded.until,
             waits_in = excluded.waits_in, rung_at = NULL
      """)
  void wait(
      @Bind("execution") UUID executionId,
      @Bind("path") String path,
      @Bind("item") String item,
      @Bind("waitsFor") String waitsFor,
      @Bind("action") String action,
      @Bind("workflow") UUID workflowId,
      @Bind("amount") BigDecimal amount,
      @Bind("waitsIn") String waitsIn,
      @Bind("now") Instant now,
      @Bind("until") @Nullable Instant until);

  @SqlUpdate(
      """
      DELETE FROM control.execution_wait
       WHERE execution_id = :execution AND path = :path AND item = :item
      """)
  int goOn(
      @Bind("execution") UUID executionId, @Bind("path") String path, @Bind("item") String item);

  @SqlUpdate("DELETE FROM control.execution_wait WHERE execution_id = :execution")
  int forget(@Bind("execution") UUID executionId);

  /**
   * Whether a step may try: it was rung for lately, or nobody waits for the limit of its action who
   * came before it.
   */
  @SqlQuery(
      """
      SELECT EXISTS (SELECT 1 FROM control.execution_wait
                      WHERE execution_id = :execution AND path = :path AND item = :item
                        AND rung_at > :lately)
          OR NOT EXISTS (
               SELECT 1 FROM control.execution_wait w
                WHERE w.action = :action AND w.waits_for = 'LIMIT'
                  AND (w.since, w.execution_id) <
                      coalesce((SELECT (m.since, m.execution_id) FROM control.execution_wait m
                                 WHERE m.execution_id = :execution AND m.path = :path
                                   AND m.item = :item),
                               ('infinity'::timestamptz, :execution)))
      """)
  boolean isTurn(
      @Bind("action") String action,
      @Bind("execution") UUID executionId,
      @Bind("path") String path,
      @Bind("item") String item,
      @Bind("lately") Instant lately);

  /** One worker at a time rings; the others need not. */
  @SqlQuery("SELECT pg_try_advisory_xact_lock(hashtext('control.execution_wait'))")
  boolean isOnlyRinger();

  /** Those who wait for limits, in the order in which they came. */
  @SqlQuery(
      """
      SELECT execution_id, path, item, action, workflow_id, amount, waits_in, rung_at
        FROM control.execution_wait WHERE waits_for = 'LIMIT'
       ORDER BY action, since, execution_id LIMIT :limit
      """)
  List<Waiting> forLimits(@Bind("limit") int limit);

  /** Those who wait for something else. */
  @SqlQuery(
      """
      SELECT execution_id, path, item, action, workflow_id, amount, waits_in, rung_at
        FROM control.execution_wait
       WHERE waits_for = :waitsFor
         AND (CAST(:action AS text) IS NULL OR action = :action)
         AND (CAST(:workflow AS uuid) IS NULL OR workflow_id = :workflow)
       ORDER BY since, execution_id
      """)
  List<Waiting> held(
      @Bind("waitsFor") String waitsFor,
      @Bind("action") @Nullable String action,
      @Bind("workflow") @Nullable UUID workflowId);

  @SqlUpdate(
      """
      UPDATE control.execution_wait SET rung_at = :now
       WHERE execution_id = :execution AND path = :path AND item = :item
      """)
  int rung(
      @Bind("execution") UUID executionId,
      @Bind("path") String path,
      @Bind("item") String item,
      @Bind("now") Instant now);

  /** A step that waits. */
  record Waiting(
      UUID executionId,
      String path,
      String item,
      String action,
      UUID workflowId,
      BigDecimal amount,
      String waitsIn,
      @Nullable Instant rungAt) {}
}

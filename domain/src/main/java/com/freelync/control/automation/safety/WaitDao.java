package com.freelync.control.automation.safety;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
             (execution_id, path, item, waits_for, action, workflow_id, amount, waits_in, since, until,
              own_measure, own_limit)
      VALUES (:execution, :path, :item, :waitsFor, :action, :workflow, :amount, :waitsIn, :now, :until,
              :ownMeasure, :ownLimit)
      ON CONFLICT (execution_id, path, item) DO UPDATE
         SET since = CASE WHEN w.waits_for = excluded.waits_for THEN w.since ELSE excluded.since END,
             waits_for = excluded.waits_for, amount = excluded.amount, until = excluded.until,
             waits_in = excluded.waits_in, rung_at = NULL,
             own_measure = excluded.own_measure, own_limit = excluded.own_limit
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
      @Bind("until") @Nullable Instant until,
      @Bind("ownMeasure") @Nullable String ownMeasure,
      @Bind("ownLimit") @Nullable BigDecimal ownLimit);

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
   * Who waits for the limit of a step's action, came before it, and so goes first; empty if it is
   * the step's turn, or if it was rung for lately. Those who wait for a limit that their automation
   * sets for itself go before its own executions only.
   */
  @SqlQuery(
      """
      SELECT w.own_measure, w.own_limit FROM control.execution_wait w
       WHERE w.action = :action AND w.waits_for = 'LIMIT'
         AND (w.own_measure IS NULL OR w.workflow_id = :workflow)
         AND (w.since, w.execution_id) <
             coalesce((SELECT (m.since, m.execution_id) FROM control.execution_wait m
                        WHERE m.execution_id = :execution AND m.path = :path AND m.item = :item),
                      ('infinity'::timestamptz, :execution))
         AND NOT EXISTS (SELECT 1 FROM control.execution_wait
                          WHERE execution_id = :execution AND path = :path AND item = :item
                            AND rung_at > :lately)
       ORDER BY w.own_measure NULLS FIRST LIMIT 1
      """)
  Optional<Before> before(
      @Bind("action") String action,
      @Bind("workflow") UUID workflowId,
      @Bind("execution") UUID executionId,
      @Bind("path") String path,
      @Bind("item") String item,
      @Bind("lately") Instant lately);

  /** One worker at a time rings; the others need not. */
  @SqlQuery("SELECT pg_try_advisory_xact_lock(hashtext('control.execution_wait'))")
  boolean isOnlyRinger();

  /** Those who wait for limits: of each action so many, in the order in which they came. */
  @SqlQuery(
      """
      SELECT w.execution_id, w.path, w.item, w.action, w.workflow_id, w.amount, w.waits_in, w.rung_at,
             w.own_measure, w.own_limit
        FROM (SELECT DISTINCT action FROM control.execution_wait WHERE waits_for = 'LIMIT') a
             CROSS JOIN LATERAL (
               SELECT * FROM control.execution_wait
                WHERE waits_for = 'LIMIT' AND action = a.action
                ORDER BY since, execution_id LIMIT :limit) w
       ORDER BY w.action, w.since, w.execution_id
      """)
  List<Waiting> forLimits(@Bind("limit") int limit);

  /** Those whom a breaker that is closed, or a switch that is off, holds up no more. */
  @SqlQuery(
      """
      SELECT execution_id, path, item, action, workflow_id, amount, waits_in, rung_at, own_measure, own_limit
        FROM control.execution_wait w
       WHERE (rung_at IS NULL OR rung_at < :lately)
         AND (   waits_for = 'BREAKER'
                 AND EXISTS (SELECT 1 FROM control.circuit_breaker b
                              WHERE b.action = w.action AND b.state = 'CLOSED')
              OR waits_for = 'KILL_SWITCH'
                 AND NOT EXISTS (SELECT 1 FROM control.kill_switch k
                                  WHERE k.is_on AND k.scope IN ('*', w.workflow_id::text)))
       ORDER BY since, execution_id LIMIT :limit
      """)
  List<Waiting> free(@Bind("lately") Instant lately, @Bind("limit") int limit);

  /** The first of each action whose breaker has cooled down: one may try. */
  @SqlQuery(
      """
      SELECT DISTINCT ON (w.action)
             w.execution_id, w.path, w.item, w.action, w.workflow_id, w.amount, w.waits_in, w.rung_at,
             w.own_measure, w.own_limit
        FROM control.execution_wait w JOIN control.circuit_breaker b ON b.action = w.action
       WHERE w.waits_for = 'BREAKER' AND b.state <> 'CLOSED' AND b.retry_at <= :now
         AND (w.rung_at IS NULL OR w.rung_at < :lately)
       ORDER BY w.action, w.since, w.execution_id
      """)
  List<Waiting> trials(@Bind("now") Instant now, @Bind("lately") Instant lately);

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
      @Nullable Instant rungAt,
      @Nullable String ownMeasure,
      @Nullable BigDecimal ownLimit) {
    /** The limit that it waits for, where its automation sets it for itself. */
    Optional<HeldUp.OwnLimit> own() {
      return new Before(ownMeasure, ownLimit).own();
    }
  }

  /** Who goes first, and what it waits for. */
  record Before(@Nullable String ownMeasure, @Nullable BigDecimal ownLimit) {
    Optional<HeldUp.OwnLimit> own() {
      return ownMeasure == null || ownLimit == null
          ? Optional.empty()
          : Optional.of(new HeldUp.OwnLimit(LimitMeasure.valueOf(ownMeasure), ownLimit));
    }
  }
}

package com.freelync.control.automation.safety;

import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

interface GateDao {
  /**
   * Whoever switches, and whoever counts a failure of the action, waits for those who act; and who
   * acts afterwards sees what they did.
   */
  @SqlQuery(
      """
      SELECT 1 FROM pg_advisory_xact_lock_shared(hashtext('control.kill_switch')) AS switches,
                    pg_advisory_xact_lock_shared(hashtext('control.circuit_breaker'),
                                                 hashtext(:action)) AS outcomes
      """)
  int act(@Bind("action") String action);

  /** What there is to heed, seen at once: mostly nothing. */
  @SqlQuery(
      """
      SELECT EXISTS (SELECT 1 FROM control.kill_switch
                      WHERE is_on AND scope IN (:all, CAST(:workflow AS text))) AS is_stopped,
             EXISTS (SELECT 1 FROM control.circuit_breaker
                      WHERE action = :action AND (state <> 'CLOSED' OR failures > 0))
               AS is_breaker_touched,
             EXISTS (SELECT 1 FROM control.execution_wait
                      WHERE execution_id = :execution AND path = :path AND item = :item)
               AS is_waiting,
             EXISTS (SELECT 1 FROM control.execution_wait
                      WHERE action = :action AND waits_for = 'LIMIT') AS is_queued_for,
             EXISTS (SELECT 1 FROM control.limit_reservation
                      WHERE execution_id = :execution AND path = :path AND item = :item
                        AND generation = :generation AND released_at IS NULL) AS is_reserved
      """)
  Gate look(
      @Bind("all") String all,
      @Bind("workflow") UUID workflowId,
      @Bind("action") String action,
      @Bind("execution") UUID executionId,
      @Bind("path") String path,
      @Bind("item") String item,
      @Bind("generation") int generation);
}

package com.freelync.control.automation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** For what executions wait: for people, limits, instants, or each other. */
final class ExecutionWaits {
  private final Clock clock;

  ExecutionWaits(Clock clock) {
    this.clock = clock;
  }

  /**
   * What each of these waits for, the longest wait first; one that waits for nothing is missing.
   */
  Map<UUID, List<ExecutionWait>> of(Handle handle, List<UUID> executions) {
    Map<UUID, List<ExecutionWait>> waits = new HashMap<>();
    if (!executions.isEmpty()) {
      handle
          .attach(Dao.class)
          .of(
              executions.toArray(UUID[]::new),
              executions.stream().map(UUID::toString).toArray(String[]::new))
          .forEach(
              row ->
                  waits.computeIfAbsent(row.executionId(), id -> new ArrayList<>()).add(wait(row)));
    }
    return waits;
  }

  private ExecutionWait wait(Dao.Row row) {
    WaitKind kind = WaitKind.valueOf(row.kind());
    boolean isOfExecutions = kind == WaitKind.LIMIT && row.until() == null;
    return new ExecutionWait(
        kind,
        row.since(),
        isOfExecutions ? nextHour() : row.until(),
        reason(kind, row),
        row.behind());
  }

  private Instant nextHour() {
    return clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
  }

  private static String reason(WaitKind kind, Dao.Row row) {
    return switch (kind) {
      case HUMAN -> "Waits for people: " + row.what() + ".";
      case LIMIT -> "Waits for the limit of " + row.what() + ".";
      case BREAKER -> "Waits for the circuit breaker of " + row.what() + ".";
      case KILL_SWITCH -> "The kill switch is on.";
      case TIME -> "Waits until " + row.until() + ".";
      case SLOT ->
          row.behind() == null
              ? row.what().equals("ACTIVE")
                  ? "Begins as soon as nothing stops its automation."
                  : "Its automation is " + row.what() + "."
              : "Waits for execution " + row.behind() + ".";
    };
  }

  interface Dao {
    @SqlQuery(
        """
        SELECT w.execution_id, w.waits_for AS kind, w.since, w.until, w.action AS what,
               NULL::uuid AS behind
          FROM control.execution_wait w WHERE w.execution_id = ANY (:ids)
         UNION ALL
        SELECT CAST(r.subject_id AS uuid), 'HUMAN', r.requested_at, r.due_at, r.name, NULL
          FROM control.approval_request r
         WHERE r.subject_type = 'execution' AND r.subject_id = ANY (:texts) AND r.status = 'WAITING'
         UNION ALL
        SELECT s.execution_id, 'TIME', s.started_at, CAST(s.input ->> 'until' AS timestamptz), '', NULL
          FROM control.execution_step s
         WHERE s.execution_id = ANY (:ids) AND s.action = 'wait' AND s.status = 'RUNNING'
         UNION ALL
        SELECT q.execution_id, q.waits_for, q.since, NULL, coalesce(q.limit_name, a.status),
               CASE q.waits_for WHEN 'SLOT' THEN coalesce(
                 (SELECT b.execution_id FROM control.execution_queue b
                   WHERE b.workflow_id = q.workflow_id AND b.waits_for = 'SLOT' AND b.place < q.place
                   ORDER BY b.place DESC LIMIT 1),
                 (SELECT e.id FROM control.workflow_execution e
                   WHERE e.workflow_id = q.workflow_id
                     AND e.status IN ('PENDING', 'RUNNING', 'AWAITING_APPROVAL')
                     AND NOT EXISTS (SELECT 1 FROM control.execution_queue o
                                      WHERE o.execution_id = e.id)
                   ORDER BY e.created_at DESC LIMIT 1)) END
          FROM control.execution_queue q
          JOIN control.automation_workflow a ON a.id = q.workflow_id
         WHERE q.execution_id = ANY (:ids)
         ORDER BY since
        """)
    List<Row> of(@Bind("ids") UUID[] ids, @Bind("texts") String[] texts);

    /** A wait as it is kept. */
    record Row(
        UUID executionId,
        String kind,
        Instant since,
        @Nullable Instant until,
        String what,
        @Nullable UUID behind) {}
  }
}

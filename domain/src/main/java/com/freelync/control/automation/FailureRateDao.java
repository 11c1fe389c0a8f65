package com.freelync.control.automation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

interface FailureRateDao {
  /**
   * For each automation how many of its runs ended since then, and how many of those failed. What
   * was skipped never ran.
   */
  @SqlQuery(
      """
      SELECT e.workflow_id, w.name, count(*) AS ended,
             count(*) FILTER (WHERE e.status = 'FAILED') AS failed
        FROM control.workflow_execution e
        JOIN control.automation_workflow w ON w.id = e.workflow_id
       WHERE e.status IN ('COMPLETED', 'FAILED', 'CANCELLED', 'REJECTED')
         AND e.finished_at >= :since
       GROUP BY e.workflow_id, w.name
      """)
  List<EndedRuns> endedSince(@Bind("since") Instant since);

  /** The runs of one automation that ended. */
  record EndedRuns(UUID workflowId, String name, long ended, long failed) {}
}

package com.freelync.control.benchmark.bare;

import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the control center itself wrote for a first event, so that the plain intake writes rows of
 * the same content and size.
 */
record IntakeRow(
    UUID workflowId,
    int version,
    String status,
    String triggeredBy,
    String why,
    String facts,
    String conditions,
    @Nullable String reason) {
  /** The execution that the control center recorded of a payout. */
  static IntakeRow of(DataSource pool, UUID payout) {
    return PlainJdbc.transaction(
        pool,
        connection ->
            PlainJdbc.first(
                connection,
                """
                SELECT workflow_id, workflow_version, triggered_by, why, facts::text,
                       conditions::text, reason, status
                  FROM control.workflow_execution
                 WHERE entity_type = 'payout' AND entity_id = ?
                """,
                row ->
                    new IntakeRow(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        row.getString(8).equals("SKIPPED") ? "SKIPPED" : "PENDING",
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)),
                payout.toString()));
  }
}

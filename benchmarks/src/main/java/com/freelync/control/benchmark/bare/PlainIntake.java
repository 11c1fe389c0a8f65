package com.freelync.control.benchmark.bare;

import com.freelync.control.database.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Inserts an event and its execution for each payout, in one transaction for the batch. It checks,
 * reads and decides nothing: it is the floor under any intake that keeps these rows.
 */
public final class PlainIntake {
  private static final String EVENT =
      """
      INSERT INTO control.event
             (id, source, source_id, type, subject, time, data, received_at, received_by, request_id)
      VALUES (?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?, ?)
      ON CONFLICT (source, source_id) DO NOTHING
      """;
  private static final String EXECUTION =
      """
      INSERT INTO control.workflow_execution
             (id, workflow_id, workflow_version, status, trigger_type, triggered_by, why, event_id,
              trigger_data, entity_type, entity_id, facts, conditions, reason, error, request_id,
              created_at, finished_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?, CAST(? AS jsonb), CAST(? AS jsonb),
              ?, CAST(? AS jsonb), ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private final DataSource pool;
  private final IntakeRow like;
  private final Supplier<UUID> ids = Ids.timeOrdered();

  /** An intake whose rows are like those that the control center wrote of {@code example}. */
  public PlainIntake(DataSource pool, UUID example) {
    this.pool = pool;
    this.like = IntakeRow.of(pool, example);
  }

  /** Writes the rows of a batch; the executions' ids in the payouts' order. */
  public List<UUID> accept(List<UUID> payouts) {
    return PlainJdbc.transaction(pool, connection -> write(connection, payouts));
  }

  private List<UUID> write(Connection connection, List<UUID> payouts) throws SQLException {
    OffsetDateTime now = PlainJdbc.now();
    List<UUID> executions = new ArrayList<>();
    try (PreparedStatement events = connection.prepareStatement(EVENT);
        PreparedStatement runs = connection.prepareStatement(EXECUTION)) {
      for (UUID payout : payouts) {
        UUID event = ids.get();
        UUID execution = ids.get();
        executions.add(execution);
        String data = "{\"payout_id\":\"" + payout + "\"}";
        String sent = UUID.randomUUID().toString();
        add(
            events,
            event,
            "/marketplace",
            sent,
            like.why(),
            null,
            null,
            data,
            now,
            "marketplace",
            "benchmark");
        add(
            runs,
            execution,
            like.workflowId(),
            like.version(),
            like.status(),
            "EVENT",
            like.triggeredBy(),
            like.why(),
            event,
            data,
            "payout",
            payout.toString(),
            like.facts(),
            like.conditions(),
            like.reason(),
            null,
            "benchmark",
            now,
            like.status().equals("PENDING") ? null : now);
      }
      events.executeBatch();
      runs.executeBatch();
    }
    return executions;
  }

  private static void add(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    PlainJdbc.bind(statement, values);
    statement.addBatch();
  }
}

package com.freelync.control.benchmark.bare;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.sql.DataSource;

/** The rows of a run that rejects a payout, by plain JDBC in one transaction. */
final class BareOnceStep implements BareOnce.Step {
  private final DataSource pool;

  BareOnceStep(DataSource pool) {
    this.pool = pool;
  }

  @Override
  public void reject(BareInput input) {
    PlainJdbc.transaction(pool, connection -> write(connection, input));
  }

  private static UUID write(Connection connection, BareInput input) throws SQLException {
    OffsetDateTime now = PlainJdbc.now();
    BigDecimal amount =
        PlainJdbc.first(
            connection,
            "SELECT amount FROM marketplace.payouts WHERE id = ? FOR UPDATE",
            row -> row.getBigDecimal(1),
            input.payout());
    BareRows.reject(connection, input, now);
    BareRows.step(connection, input, "reject_payout", "REJECTED", amount, now);
    PlainJdbc.update(
        connection,
        """
        UPDATE control.workflow_execution
           SET status = 'COMPLETED', started_at = ?, finished_at = ? WHERE id = ?
        """,
        now,
        now,
        input.execution());
    return input.execution();
  }
}

package com.freelync.control.benchmark.bare;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.sql.DataSource;

/** The run's rows by plain JDBC: the control center's statements without its outbox. */
final class BareRunSteps implements BareRun.Steps {
  private static final String PAYOUT =
      """
      SELECT p.id, p.seller_id, p.amount, p.status, p.requested_at, u.verified, u.trust_score,
             u.suspended, u.region
        FROM marketplace.payouts p
        JOIN marketplace.users u ON u.id = p.seller_id
       WHERE p.id = ?
      """;

  private final DataSource pool;
  private final WorkflowClient client;

  BareRunSteps(DataSource pool, WorkflowClient client) {
    this.pool = pool;
    this.client = client;
  }

  @Override
  public void begin(BareInput input) {
    PlainJdbc.transaction(
        pool,
        connection -> {
          PlainJdbc.update(
              connection,
              """
              UPDATE control.workflow_execution SET status = 'RUNNING', started_at = ?
               WHERE id = ? AND status = 'PENDING'
              """,
              PlainJdbc.now(),
              input.execution());
          return execution(connection, input.execution());
        });
  }

  @Override
  public void approve(BareInput input) {
    PlainJdbc.transaction(pool, connection -> approve(connection, input));
    BareTransfer transfer =
        client.newWorkflowStub(
            BareTransfer.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(BareChain.TRANSFER_QUEUE)
                .setWorkflowId("bare-payout/" + input.payout())
                .setDisableEagerExecution(false)
                .build());
    WorkflowClient.start(transfer::transfer, input.payout());
  }

  private static UUID approve(Connection connection, BareInput input) throws SQLException {
    OffsetDateTime now = PlainJdbc.now();
    UUID id = input.payout();
    PlainJdbc.first(
        connection,
        "SELECT id FROM control.workflow_execution WHERE id = ? FOR UPDATE",
        row -> row.getObject(1, UUID.class),
        input.execution());
    execution(connection, input.execution());
    PlainJdbc.first(
        connection,
        "SELECT count(*) FROM control.execution_step WHERE execution_id = ? AND path = ?",
        row -> row.getLong(1),
        input.execution(),
        "actions[0]");
    PlainJdbc.first(
        connection,
        "SELECT id FROM marketplace.payouts WHERE id = ? FOR UPDATE",
        row -> row.getObject(1, UUID.class),
        id);
    Payout payout =
        PlainJdbc.first(
            connection,
            PAYOUT,
            row -> new Payout(row.getObject(2, UUID.class), row.getBigDecimal(3)),
            id);
    BareRows.decide(connection, input, payout.seller(), payout.amount(), now);
    BareRows.step(connection, input, "approve_payout", "APPROVED", payout.amount(), now);
    return id;
  }

  @Override
  public void finish(BareInput input) {
    PlainJdbc.transaction(
        pool,
        connection ->
            PlainJdbc.update(
                connection,
                """
                UPDATE control.workflow_execution SET status = 'COMPLETED', finished_at = ?
                 WHERE id = ? AND finished_at IS NULL
                """,
                PlainJdbc.now(),
                input.execution()));
  }

  /** Reads an execution as a whole, with the automation's name. */
  private static String execution(Connection connection, UUID id) throws SQLException {
    return PlainJdbc.first(
        connection,
        """
        SELECT e.*, w.name FROM control.workflow_execution e
          JOIN control.automation_workflow w ON w.id = e.workflow_id WHERE e.id = ?
        """,
        row -> row.getString("status"),
        id);
  }

  private record Payout(UUID seller, BigDecimal amount) {}
}

package com.freelync.control.benchmark.bare;

import com.freelync.control.payout.TransferActivities.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.sql.DataSource;

/** The transfer's rows by plain JDBC. */
final class BareTransferSteps implements BareTransfer.Steps {
  private final DataSource pool;

  BareTransferSteps(DataSource pool) {
    this.pool = pool;
  }

  @Override
  public Order begin(UUID payout) {
    return PlainJdbc.transaction(
        pool,
        connection -> {
          Order order = lock(connection, payout);
          OffsetDateTime now = PlainJdbc.now();
          PlainJdbc.update(
              connection,
              """
              UPDATE marketplace.payouts SET status = 'DISBURSING', updated_at = ?
               WHERE id = ? AND status = 'APPROVED'
              """,
              now,
              payout);
          BareRows.history(connection, payout, "APPROVED", "DISBURSING", now);
          PlainJdbc.update(
              connection,
              "UPDATE control.payout_transfer SET status = 'SENDING' WHERE payout_id = ? AND attempt = 1",
              payout);
          book(connection, order, "RESERVE", "seller_payable", "payouts_in_transit", now);
          return order;
        });
  }

  @Override
  public void paid(UUID payout, String reference) {
    PlainJdbc.transaction(
        pool,
        connection -> {
          Order order = lock(connection, payout);
          OffsetDateTime now = PlainJdbc.now();
          PlainJdbc.update(
              connection,
              """
              UPDATE marketplace.payouts
                 SET status = 'DISBURSED', disbursed_at = ?, gateway_reference = ?, updated_at = ?
               WHERE id = ? AND status = 'DISBURSING'
              """,
              now,
              reference,
              now,
              payout);
          BareRows.history(connection, payout, "DISBURSING", "DISBURSED", now);
          PlainJdbc.update(
              connection,
              """
              UPDATE control.payout_transfer
                 SET status = 'PAID', gateway_reference = ?, settled_at = ?
               WHERE payout_id = ? AND attempt = 1
              """,
              reference,
              now,
              payout);
          book(connection, order, "DISBURSE", "payouts_in_transit", "gateway_cash", now);
          BareRows.audit(
              connection, now, "payout.disbursed", payout, "{\"reference\":\"" + reference + "\"}");
          return payout;
        });
  }

  private static Order lock(Connection connection, UUID payout) throws SQLException {
    return PlainJdbc.first(
        connection,
        """
        SELECT payout_id, idempotency_key, amount_santim, recipient
          FROM control.payout_transfer WHERE payout_id = ? AND attempt = 1 FOR UPDATE
        """,
        row ->
            new Order(
                null, row.getString(1), row.getString(2), row.getLong(3), row.getString(4), false),
        payout);
  }

  private static void book(
      Connection connection,
      Order order,
      String kind,
      String debit,
      String credit,
      OffsetDateTime now)
      throws SQLException {
    long entry =
        PlainJdbc.first(
            connection,
            """
            INSERT INTO control.ledger_entry (payout_id, attempt, kind, at)
            VALUES (?, 1, ?, ?) RETURNING id
            """,
            row -> row.getLong(1),
            UUID.fromString(order.payoutId()),
            kind,
            now);
    PlainJdbc.update(
        connection,
        """
        INSERT INTO control.ledger_posting (entry_id, account, amount_santim)
        VALUES (?, ?, ?), (?, ?, ?)
        """,
        entry,
        debit,
        order.amountSantim(),
        entry,
        credit,
        -order.amountSantim());
  }
}

package com.freelync.control.sandbox.gateway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What the gateway took back: one row for each key, never changed; each payment once. */
final class ReversalBook {
  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS gateway.reversals (
        id              text PRIMARY KEY,
        idempotency_key text NOT NULL UNIQUE,
        disbursement    text NOT NULL REFERENCES gateway.disbursements,
        payout_id       text NOT NULL,
        amount          numeric(14,2) NOT NULL CHECK (amount > 0),
        status          text NOT NULL CHECK (status IN ('REVERSED', 'REFUSED')),
        reason          text,
        created_at      timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX IF NOT EXISTS reversals_once ON gateway.reversals (disbursement)
        WHERE status = 'REVERSED';
      CREATE INDEX IF NOT EXISTS reversals_created ON gateway.reversals (created_at, id);
      COMMENT ON TABLE gateway.reversals IS
        'What the simulated gateway took back or refused to, one row for each idempotency key; ETB.';
      """;

  private final DataSource database;

  ReversalBook(DataSource database) {
    this.database = database;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot make the table of reversals", e);
    }
  }

  /** Writes the entry unless its key has one; what the key has then. */
  Reversal enter(Reversal wanted) throws SQLException {
    // What was taken back by another key is not taken back again, and that is an answer for ever.
    if (!insert(wanted) && ofKey(wanted.idempotencyKey()).isEmpty()) {
      insert(wanted.refused("It was taken back already"));
    }
    return ofKey(wanted.idempotencyKey()).getFirst();
  }

  private boolean insert(Reversal wanted) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO gateway.reversals VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)) {
      insert.setString(1, wanted.id());
      insert.setString(2, wanted.idempotencyKey());
      insert.setString(3, wanted.disbursement());
      insert.setString(4, wanted.payoutId());
      insert.setBigDecimal(5, wanted.amount());
      insert.setString(6, wanted.status());
      insert.setString(7, wanted.reason());
      insert.setTimestamp(8, Timestamp.from(wanted.createdAt()));
      return insert.executeUpdate() == 1;
    }
  }

  List<Reversal> ofKey(String key) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT * FROM gateway.reversals WHERE idempotency_key = ?")) {
      select.setString(1, key);
      try (ResultSet rows = select.executeQuery()) {
        List<Reversal> found = new ArrayList<>();
        while (rows.next()) {
          found.add(Reversal.of(rows));
        }
        return found;
      }
    }
  }
}

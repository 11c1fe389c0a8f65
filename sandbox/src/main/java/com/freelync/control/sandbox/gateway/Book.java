package com.freelync.control.sandbox.gateway;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The gateway's own book, in schema {@code gateway}: one row for each key, never changed. */
final class Book {
  private static final String SCHEMA =
      """
      CREATE SCHEMA IF NOT EXISTS gateway;
      CREATE TABLE IF NOT EXISTS gateway.disbursements (
        id              text PRIMARY KEY,
        idempotency_key text NOT NULL UNIQUE,
        payout_id       text NOT NULL,
        amount          numeric(14,2) NOT NULL CHECK (amount > 0),
        currency        text NOT NULL,
        recipient       text NOT NULL,
        status          text NOT NULL CHECK (status IN ('PAID', 'REFUSED')),
        reason          text,
        created_at      timestamptz NOT NULL
      );
      CREATE INDEX IF NOT EXISTS disbursements_payout ON gateway.disbursements (payout_id);
      CREATE INDEX IF NOT EXISTS disbursements_created ON gateway.disbursements (created_at, id);
      COMMENT ON TABLE gateway.disbursements IS
        'What the simulated gateway paid or refused, one row for each idempotency key; ETB.';
      """;

  private final DataSource database;

  Book(DataSource database) {
    this.database = database;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(SCHEMA);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot make the schema gateway", e);
    }
  }

  /**
   * Writes the entry unless its key has one.
   *
   * @param isNew whether {@code entry} is the one just written
   */
  record Entry(Disbursement entry, boolean isNew) {}

  Entry enter(Disbursement wanted) throws SQLException {
    // The connection of the insert is given back first: callers that each hold one and wait for a
    // second would stop a full pool for good.
    return insert(wanted)
        ? new Entry(wanted, true)
        : new Entry(find("idempotency_key", wanted.idempotencyKey()).getFirst(), false);
  }

  private boolean insert(Disbursement wanted) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO gateway.disbursements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (idempotency_key) DO NOTHING
                """)) {
      insert.setString(1, wanted.id());
      insert.setString(2, wanted.idempotencyKey());
      insert.setString(3, wanted.payoutId());
      insert.setBigDecimal(4, wanted.amount());
      insert.setString(5, wanted.currency());
      insert.setString(6, wanted.recipient());
      insert.setString(7, wanted.status());
      insert.setString(8, wanted.reason());
      insert.setTimestamp(9, Timestamp.from(wanted.createdAt()));
      return insert.executeUpdate() == 1;
    }
  }

  List<Disbursement> ofPayout(String payoutId) throws SQLException {
    return find("payout_id", payoutId);
  }

  Optional<Disbursement> ofId(String id) throws SQLException {
    return find("id", id).stream().findFirst();
  }

  List<Disbursement> ofKey(String key) throws SQLException {
    return find("idempotency_key", key);
  }

  /** How many were paid, and their sum in ETB. */
  Map<String, Object> totals() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), coalesce(sum(amount), 0) FROM gateway.disbursements WHERE status = 'PAID'")) {
      row.next();
      Map<String, Object> totals = new LinkedHashMap<>();
      totals.put("count", row.getLong(1));
      BigDecimal sum = row.getBigDecimal(2);
      totals.put("sum", sum.setScale(2));
      return totals;
    }
  }

  private List<Disbursement> find(String column, String value) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT * FROM gateway.disbursements WHERE "
                    + column
                    + " = ? ORDER BY created_at, id LIMIT 1000")) {
      select.setString(1, value);
      try (ResultSet rows = select.executeQuery()) {
        List<Disbursement> found = new ArrayList<>();
        while (rows.next()) {
          found.add(Disbursement.of(rows));
        }
        return found;
      }
    }
  }
}

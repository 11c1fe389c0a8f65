package com.freelync.control.sandbox.marketplace;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What sellers do in the marketplace, in its tables. */
final class Marketplace {
  private static final String REQUEST_PAYOUT =
      """
      WITH requested AS (
        INSERT INTO marketplace.payouts (id, seller_id, transaction_id, amount, requested_at)
        SELECT ?, id, ?, ?, now() FROM marketplace.users WHERE id = ? AND is_seller
        RETURNING id)
      INSERT INTO marketplace.outbox (id, type, subject, data)
      SELECT gen_random_uuid(), 'payout.requested', id::text, jsonb_build_object('payout_id', id)
      FROM requested
      """;

  private final DataSource database;

  Marketplace(DataSource database) {
    this.database = database;
  }

  /** A payout as its seller sees it; the amount is ETB. */
  record Payout(UUID id, BigDecimal amount, String status, UUID sellerId) {}

  UUID register(boolean verified, BigDecimal trustScore, boolean suspended, @Nullable String region)
      throws SQLException {
    UUID id = UUID.randomUUID();
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO marketplace.users
                  (id, registered_at, is_seller, verified, verified_at, trust_score, suspended, region)
                VALUES (?, now(), true, ?, CASE WHEN ? THEN now() END, ?, ?, ?)
                """)) {
      insert.setObject(1, id);
      insert.setBoolean(2, verified);
      insert.setBoolean(3, verified);
      insert.setBigDecimal(4, trustScore);
      insert.setBoolean(5, suspended);
      insert.setString(6, region);
      insert.executeUpdate();
    }
    return id;
  }

  /** Asks for a payout and writes its event, together; empty when there is no such seller. */
  Optional<UUID> requestPayout(UUID sellerId, BigDecimal amount) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return requestPayout(connection, sellerId, null, amount);
    }
  }

  static Optional<UUID> requestPayout(
      Connection connection, UUID sellerId, @Nullable UUID transactionId, BigDecimal amount)
      throws SQLException {
    UUID id = UUID.randomUUID();
    try (PreparedStatement insert = connection.prepareStatement(REQUEST_PAYOUT)) {
      insert.setObject(1, id);
      insert.setObject(2, transactionId, java.sql.Types.OTHER);
      insert.setBigDecimal(3, amount);
      insert.setObject(4, sellerId);
      return insert.executeUpdate() == 1 ? Optional.of(id) : Optional.empty();
    }
  }

  Optional<Payout> payout(UUID id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT id, amount, status, seller_id FROM marketplace.payouts WHERE id = ?")) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Payout(
                    row.getObject(1, UUID.class),
                    row.getBigDecimal(2),
                    row.getString(3),
                    row.getObject(4, UUID.class)))
            : Optional.empty();
      }
    }
  }
}

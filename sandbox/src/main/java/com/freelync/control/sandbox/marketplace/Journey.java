package com.freelync.control.sandbox.marketplace;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What happens around one payout, in one transaction: a listing, inquiries, a transaction with its
 * payment attempts, perhaps a dispute, and the seller who asks for the proceeds.
 */
final class Journey {
  private static final int MOST_INQUIRIES = 40;
  private static final int MOST_ATTEMPTS = 4;
  private static final int SELLERS = 40;
  private static final List<String> REGIONS =
      List.of(
          "Addis Ababa", "Addis Ababa", "Dire Dawa", "Adama", "Hawassa", "Bahir Dar", "Mekelle");
  private static final List<String> METHODS =
      List.of("telebirr", "telebirr", "cbe_birr", "bank_transfer", "card");

  private final DataSource database;
  private final Commission commission;
  private final Random random;
  private final List<UUID> sellers = new ArrayList<>();

  Journey(DataSource database, Commission commission, Random random) {
    this.database = database;
    this.commission = commission;
    this.random = random;
  }

  void play(TrafficShape shape) throws SQLException {
    UUID seller = seller();
    UUID buyer = otherThan(seller);
    BigDecimal amount = BigDecimal.valueOf(50_000 + random.nextInt(1_200_000), 2);
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        UUID listing = list(connection, seller, amount);
        UUID transaction = UUID.randomUUID();
        int failures = 0;
        while (failures < MOST_ATTEMPTS && happens(shape.paymentFailureRate())) {
          failures++;
        }
        boolean paid = failures < MOST_ATTEMPTS;
        pay(connection, transaction, listing, buyer, seller, amount, paid);
        attempt(connection, transaction, amount, failures, paid);
        inquire(connection, listing, buyer, transaction, shape);
        if (paid && happens(shape.disputeRate())) {
          update(
              connection,
              "INSERT INTO marketplace.disputes (id, transaction_id, opened_by, reason, status, opened_at)"
                  + " VALUES (gen_random_uuid(), ?, ?, 'not_as_described', 'OPEN', now())",
              transaction,
              buyer);
        }
        BigDecimal proceeds =
            amount.multiply(new BigDecimal("0.9")).setScale(2, java.math.RoundingMode.DOWN);
        Optional<UUID> payout =
            Marketplace.requestPayout(connection, seller, paid ? transaction : null, proceeds);
        if (payout.isEmpty()) {
          sellers.clear();
        }
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private UUID seller() throws SQLException {
    if (sellers.isEmpty()) {
      Marketplace marketplace = new Marketplace(database);
      for (int i = 0; i < SELLERS; i++) {
        BigDecimal trust = BigDecimal.valueOf(40 + random.nextInt(61), 1);
        sellers.add(marketplace.register(random.nextInt(4) > 0, trust, i == 0, region()));
      }
    }
    return sellers.get(random.nextInt(SELLERS));
  }

  private UUID otherThan(UUID seller) {
    UUID other = sellers.get(random.nextInt(SELLERS));
    return other.equals(seller) ? sellers.get((sellers.indexOf(seller) + 1) % SELLERS) : other;
  }

  private UUID list(Connection connection, UUID seller, BigDecimal amount) throws SQLException {
    UUID id = UUID.randomUUID();
    boolean property = random.nextInt(5) < 3;
    update(
        connection,
        "INSERT INTO marketplace.listings (id, seller_id, category, region, title, price, status, listed_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, 'ACTIVE', now())",
        id,
        seller,
        property ? "property" : "vehicle",
        region(),
        property ? "Apartment to rent" : "Car to rent",
        amount);
    return id;
  }

  private void pay(
      Connection connection,
      UUID id,
      UUID listing,
      UUID buyer,
      UUID seller,
      BigDecimal amount,
      boolean paid)
      throws SQLException {
    update(
        connection,
        """
        INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status, amount,
          platform_fee, commission_fee, processor_fee, created_at, completed_at)
        SELECT ?, ?, ?, ?, 'RENT', CASE WHEN paid THEN 'COMPLETED' ELSE 'FAILED' END, amount,
          commission + round(amount * 0.005, 2), commission,
          round(amount * 0.015, 2), now(), CASE WHEN paid THEN now() END
        FROM (SELECT ?::numeric AS amount, ?::numeric AS commission, ?::boolean AS paid) AS asked
        """,
        id,
        listing,
        buyer,
        seller,
        amount,
        commission.of(amount),
        paid);
  }

  private void attempt(
      Connection connection, UUID transaction, BigDecimal amount, int failures, boolean paid)
      throws SQLException {
    for (int i = 0; i < failures + (paid ? 1 : 0); i++) {
      boolean failed = i < failures;
      update(
          connection,
          "INSERT INTO marketplace.payment_attempts (id, transaction_id, attempted_at, status, method, failure_code, amount)"
              + " VALUES (gen_random_uuid(), ?, now(), ?, ?, ?, ?)",
          transaction,
          failed ? "FAILED" : "SUCCEEDED",
          METHODS.get(random.nextInt(METHODS.size())),
          failed ? "declined" : null,
          amount);
    }
  }

  private void inquire(
      Connection connection, UUID listing, UUID buyer, UUID transaction, TrafficShape shape)
      throws SQLException {
    int inquiries = 0;
    boolean led;
    do {
      led = happens(shape.conversionRate());
      update(
          connection,
          "INSERT INTO marketplace.inquiries (id, listing_id, buyer_id, asked_at, transaction_id)"
              + " VALUES (gen_random_uuid(), ?, ?, now(), ?)",
          listing,
          buyer,
          led ? transaction : null);
      inquiries++;
    } while (!led && inquiries < MOST_INQUIRIES);
  }

  private boolean happens(BigDecimal rate) {
    return random.nextDouble() < rate.doubleValue();
  }

  private String region() {
    return REGIONS.get(random.nextInt(REGIONS.size()));
  }

  private static void update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] == null) {
          statement.setNull(i + 1, java.sql.Types.OTHER);
        } else {
          statement.setObject(i + 1, values[i]);
        }
      }
      statement.executeUpdate();
    }
  }
}

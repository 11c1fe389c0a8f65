package com.freelync.control.benchmark;

import com.freelync.control.database.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Sellers and payouts in the marketplace's own tables. */
final class SourceRows {
  private static final BigDecimal LOW_RISK = new BigDecimal("4200.00");
  private static final BigDecimal TOO_MUCH = new BigDecimal("5001.00");
  private static final BigDecimal LARGE = new BigDecimal("50000.00");

  private final Database marketplace;
  private final UUID seller;

  SourceRows(Database marketplace) {
    this.marketplace = marketplace;
    this.seller = seller();
  }

  /** Payouts that the sample automation approves. */
  List<UUID> lowRisk(int count) {
    return payouts(count, LOW_RISK);
  }

  /** Payouts that the sample automation leaves to people. */
  List<UUID> unmatched(int count) {
    return payouts(count, TOO_MUCH);
  }

  /** Payouts that the sample "Large payouts" asks the CFO about. */
  List<UUID> large(int count) {
    return payouts(count, LARGE);
  }

  private List<UUID> payouts(int count, BigDecimal amount) {
    return marketplace.transaction(
        transaction ->
            transaction
                .handle()
                .createQuery(
                    """
                    INSERT INTO marketplace.payouts
                           (id, seller_id, amount, status, requested_at, updated_at)
                    SELECT gen_random_uuid(), :seller, :amount, 'REQUESTED', now(), now()
                      FROM generate_series(1, :count)
                    RETURNING id
                    """)
                .bind("seller", seller)
                .bind("amount", amount)
                .bind("count", count)
                .mapTo(UUID.class)
                .list());
  }

  /** Payouts of the past, evenly over a time, which people decided; of 1 to 10,000 ETB. */
  void past(int count, Instant from, Instant to) {
    marketplace.transaction(
        transaction ->
            transaction
                .handle()
                .execute(
                    """
                    INSERT INTO marketplace.payouts
                           (id, seller_id, amount, status, requested_at, decided_at, decided_by, updated_at)
                    SELECT gen_random_uuid(), ?, 1 + i * 7919 % 10000,
                           CASE WHEN i % 10 = 0 THEN 'REJECTED' ELSE 'APPROVED' END, at, at, 'cfo', at
                      FROM generate_series(1, ?) i,
                           LATERAL (SELECT ?::timestamptz + (?::timestamptz - ?) * (i - 1) / ? AS at) t
                    """,
                    seller, count, from, to, from, count));
  }

  private UUID seller() {
    UUID id = UUID.randomUUID();
    marketplace.transaction(
        transaction ->
            transaction
                .handle()
                .execute(
                    """
                    INSERT INTO marketplace.users
                           (id, registered_at, is_buyer, is_seller, verified, verified_at,
                            trust_score, suspended, region, full_name, email, phone, updated_at)
                    VALUES (?, now(), false, true, true, now(), 9, false, 'Addis Ababa',
                            'Benchmark Seller', ?, '+251900000000', now())
                    """,
                    id,
                    id + "@example.com"));
    return id;
  }
}

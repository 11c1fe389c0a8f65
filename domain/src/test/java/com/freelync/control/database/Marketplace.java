package com.freelync.control.database;

import java.math.BigDecimal;
import java.util.UUID;

/** Sellers and payouts for tests, made as the marketplace itself makes them. */
public final class Marketplace {
  private final Database database;

  public Marketplace(TestDatabase database) {
    this(database.as("marketplace_app"));
  }

  /** On any database, open as the marketplace's application. */
  public Marketplace(Database asMarketplace) {
    this.database = asMarketplace;
  }

  /** A seller in good standing: verified, trust 9, not suspended. */
  public UUID goodSeller() {
    return seller(true, "9", false);
  }

  /** A seller. */
  public UUID seller(boolean verified, String trustScore, boolean suspended) {
    UUID id = UUID.randomUUID();
    update(
        """
        INSERT INTO marketplace.users (id, registered_at, is_buyer, is_seller, verified, verified_at,
               trust_score, suspended, region, full_name, email, phone, updated_at)
        VALUES (?, now(), false, true, ?, CASE WHEN ? THEN now() END, ?, ?, 'Addis Ababa', 'Test Seller', ?, '+251900000000', now())
        """,
        id,
        verified,
        verified,
        new BigDecimal(trustScore),
        suspended,
        id + "@example.com");
    return id;
  }

  /** A listing that is on offer in a region. */
  public UUID listing(UUID seller, String region) {
    UUID id = UUID.randomUUID();
    update(
        """
        INSERT INTO marketplace.listings (id, seller_id, category, region, title, price, status, listed_at, updated_at)
        VALUES (?, ?, 'property', ?, 'A house', 1000000, 'ACTIVE', now(), now())
        """,
        id,
        seller,
        region);
    return id;
  }

  /** A payout that waits for a decision; the amount in ETB. */
  public UUID payout(UUID seller, String amount) {
    UUID id = UUID.randomUUID();
    payout(id, seller, amount);
    return id;
  }

  /** A payout of this id that somebody asked for. */
  public void payout(UUID id, UUID seller, String amount) {
    update(
        """
        INSERT INTO marketplace.payouts (id, seller_id, amount, status, requested_at, updated_at)
        VALUES (?, ?, ?, 'REQUESTED', now(), now())
        """,
        id,
        seller,
        new BigDecimal(amount));
  }

  /** The payout's state in the source. */
  public String status(UUID payout) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT status FROM marketplace.payouts WHERE id = :id")
                .bind("id", payout)
                .mapTo(String.class)
                .one());
  }

  /** Puts a payout into a state, as if the whole way there had been gone. */
  public void move(UUID payout, String status) {
    update(
        """
        UPDATE marketplace.payouts
           SET status = ?, decided_at = now(), decided_by = 'test',
               disbursed_at = CASE WHEN ? = 'DISBURSED' THEN now() END, updated_at = now()
         WHERE id = ?
        """,
        status,
        status,
        payout);
  }

  /** So many papers of somebody that expire in so many days, or did. */
  public void documents(UUID owner, int count, int days) {
    update(
        """
        INSERT INTO marketplace.documents (id, owner_id, kind, status, issued_on, expires_on,
               uploaded_at, updated_at)
        SELECT gen_random_uuid(), ?, 'trade_licence', 'VALID', current_date - 400, current_date + ?, now(), now()
          FROM generate_series(1, ?)
        """,
        owner,
        days,
        count);
  }

  /** Suspends a seller. */
  public void suspend(UUID seller) {
    update("UPDATE marketplace.users SET suspended = true WHERE id = ?", seller);
  }

  /** Changes a payout's amount; in ETB. */
  public void amount(UUID payout, String amount) {
    update(
        "UPDATE marketplace.payouts SET amount = ? WHERE id = ?", new BigDecimal(amount), payout);
  }

  private void update(String sql, Object... values) {
    database.transaction(transaction -> transaction.handle().execute(sql, values));
  }
}

package com.freelync.control.analytics;

import com.freelync.control.database.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Everything that can happen in a marketplace, at random, in small transactions. */
final class LiveMarketplace {
  private static final List<String> REGIONS =
      List.of("Addis Ababa", "Dire Dawa", "Adama", "Gondar", "");

  private final Database database;
  private final Instant begin;
  private final Instant end;
  private final List<UUID> users = new CopyOnWriteArrayList<>();
  private final List<UUID> listings = new CopyOnWriteArrayList<>();
  private final List<UUID> transactions = new CopyOnWriteArrayList<>();

  LiveMarketplace(Database asMarketplace, Instant begin, Instant end) {
    this.database = asMarketplace;
    this.begin = begin;
    this.end = end;
    users.addAll(ids("users"));
    listings.addAll(ids("listings"));
    transactions.addAll(ids("transactions"));
  }

  private List<UUID> ids(String table) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT id FROM marketplace." + table + " ORDER BY id LIMIT 2000")
                .mapTo(UUID.class)
                .list());
  }

  /** One to three changes in a transaction; sometimes all of them are taken back. */
  void change(Random random) {
    int changes = 1 + random.nextInt(3);
    try {
      if (random.nextInt(10) == 0) {
        database.rehearse(transaction -> changes(transaction.handle(), random, changes));
      } else {
        database.transaction(
            transaction -> {
              changes(transaction.handle(), random, changes);
              return true;
            });
      }
    } catch (JdbiException e) {
      // Refused by the marketplace's own rules, or the victim of a deadlock: then nothing happened.
    }
  }

  private void changes(Handle handle, Random random, int changes) {
    for (int i = 0; i < changes; i++) {
      one(handle, random);
    }
  }

  private void one(Handle handle, Random random) {
    UUID id = UUID.randomUUID();
    switch (random.nextInt(22)) {
      case 0 -> {
        handle.execute(
            "INSERT INTO marketplace.users (id, registered_at, is_buyer, is_seller, region) VALUES (?, ?, ?, true, ?)",
            id,
            time(random),
            random.nextBoolean(),
            region(random));
        users.add(id);
      }
      case 1 -> {
        handle.execute(
            "INSERT INTO marketplace.listings (id, seller_id, category, region, title, price, status, listed_at) VALUES (?, ?, ?, ?, 'x', 10, 'ACTIVE', ?)",
            id,
            any(users, random),
            category(random),
            region(random),
            time(random));
        listings.add(id);
      }
      case 2, 3, 4 -> {
        Instant at = time(random);
        boolean isCompleted = random.nextBoolean();
        handle.execute(
            "INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status, amount, platform_fee, commission_fee, processor_fee, created_at, completed_at) VALUES (?, ?, ?, ?, 'RENT', ?, ?, 10.11, 7.77, 3.33, ?, ?)",
            id,
            any(listings, random),
            any(users, random),
            any(users, random),
            isCompleted ? "COMPLETED" : "PENDING",
            BigDecimal.valueOf(2_000 + random.nextInt(1_000_000), 2),
            at,
            isCompleted ? at : null);
        transactions.add(id);
      }
      case 5 ->
          handle.execute(
              "UPDATE marketplace.transactions SET status = 'COMPLETED', completed_at = greatest(created_at, ?) WHERE id = ?",
              time(random),
              any(transactions, random));
      case 6 ->
          handle.execute(
              "UPDATE marketplace.transactions SET refunded_amount = amount, refunded_platform_fee = platform_fee, refunded_commission_fee = commission_fee, refunded_at = now() WHERE id = ? AND status = 'COMPLETED'",
              any(transactions, random));
      case 7 ->
          handle.execute(
              "UPDATE marketplace.transactions SET refunded_amount = 0.01, refunded_platform_fee = 0, refunded_commission_fee = 0, refunded_at = now() WHERE id = ? AND status = 'COMPLETED'",
              any(transactions, random));
      case 8 ->
          handle.execute(
              "UPDATE marketplace.transactions SET status = 'CANCELLED', completed_at = NULL WHERE id = ? AND refunded_amount = 0",
              any(transactions, random));
      case 9 ->
          handle.execute(
              "UPDATE marketplace.transactions SET listing_id = ?, buyer_id = ? WHERE id = ?",
              any(listings, random),
              any(users, random),
              any(transactions, random));
      case 10 ->
          handle.execute(
              "UPDATE marketplace.listings SET category = ?, region = ? WHERE id = ?",
              category(random),
              region(random),
              any(listings, random));
      case 11 ->
          handle.execute(
              "UPDATE marketplace.listings SET status = 'SOLD', closed_at = NULL, sold_at = greatest(listed_at, ?) WHERE id = ?",
              time(random),
              any(listings, random));
      case 12 ->
          handle.execute(
              "UPDATE marketplace.listings SET status = 'WITHDRAWN', sold_at = NULL, closed_at = greatest(listed_at, ?) WHERE id = ?",
              time(random),
              any(listings, random));
      case 13 ->
          handle.execute(
              "INSERT INTO marketplace.inquiries (id, listing_id, buyer_id, asked_at, transaction_id) VALUES (?, ?, ?, ?, ?)",
              id,
              any(listings, random),
              any(users, random),
              time(random),
              random.nextBoolean() ? any(transactions, random) : null);
      case 14 ->
          handle.execute(
              "INSERT INTO marketplace.payment_attempts (id, transaction_id, attempted_at, status, method, failure_code, amount) VALUES (?, ?, ?, 'FAILED', 'card', 'declined', 5)",
              id,
              any(transactions, random),
              time(random));
      case 15 ->
          handle.execute(
              "INSERT INTO marketplace.payouts (id, seller_id, transaction_id, amount, status, requested_at, disbursed_at) VALUES (?, ?, ?, 12.34, 'DISBURSED', now(), ?)",
              id,
              any(users, random),
              random.nextInt(3) > 0 ? any(transactions, random) : null,
              time(random));
      case 16 ->
          handle.execute(
              "UPDATE marketplace.payouts SET status = CASE status WHEN 'DISBURSED' THEN 'REVERSED' ELSE status END, amount = amount + 0.01 WHERE id IN (SELECT id FROM marketplace.payouts WHERE transaction_id = ?)",
              any(transactions, random));
      case 17 ->
          handle.execute(
              "INSERT INTO marketplace.disputes (id, transaction_id, opened_by, reason, status, opened_at) VALUES (?, ?, ?, 'not_delivered', 'OPEN', now()) ON CONFLICT DO NOTHING",
              id,
              any(transactions, random),
              any(users, random));
      case 18 -> {
        UUID transaction = any(transactions, random);
        for (String table : List.of("disputes", "payouts", "payment_attempts", "inquiries")) {
          if (random.nextBoolean()) {
            handle.execute(
                "DELETE FROM marketplace." + table + " WHERE transaction_id = ?", transaction);
          }
        }
      }
      case 19 -> {
        UUID transaction = any(transactions, random);
        for (String table : List.of("disputes", "payouts", "payment_attempts", "inquiries")) {
          handle.execute(
              "DELETE FROM marketplace." + table + " WHERE transaction_id = ?", transaction);
        }
        handle.execute("DELETE FROM marketplace.transactions WHERE id = ?", transaction);
      }
      case 20 ->
          handle.execute(
              "UPDATE marketplace.users SET region = ?, is_buyer = ?, is_seller = true, verified = ?, verified_at = ? WHERE id = ?",
              verifying(random, any(users, random)));
      default ->
          handle.execute(
              "UPDATE marketplace.inquiries SET transaction_id = ?, asked_at = asked_at + interval '1 hour' WHERE listing_id = ?",
              any(transactions, random),
              any(listings, random));
    }
  }

  private Object[] verifying(Random random, UUID user) {
    boolean isVerified = random.nextBoolean();
    return new Object[] {
      region(random), random.nextBoolean(), isVerified, isVerified ? time(random) : null, user
    };
  }

  private static UUID any(List<UUID> ids, Random random) {
    return ids.get(random.nextInt(ids.size()));
  }

  /** Often just before, at or after a midnight or month's begin of Addis Ababa. */
  private Instant time(Random random) {
    long seconds = random.nextLong(end.getEpochSecond() - begin.getEpochSecond());
    Instant at = begin.plusSeconds(seconds);
    if (random.nextBoolean()) {
      return at;
    }
    LocalDateTime day = BusinessTime.at(at).toLocalDate().atStartOfDay();
    if (random.nextBoolean()) {
      day = day.withDayOfMonth(1);
    }
    return BusinessTime.instant(day).plusMillis(List.of(-1, 0, 1).get(random.nextInt(3)));
  }

  private static @Nullable String region(Random random) {
    String region = REGIONS.get(random.nextInt(REGIONS.size()));
    return region.isEmpty() ? null : region;
  }

  private static @Nullable String category(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> "property";
      case 1 -> "vehicle";
      default -> null;
    };
  }
}

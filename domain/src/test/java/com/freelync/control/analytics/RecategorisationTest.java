package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.Database;
import com.freelync.control.database.TestDatabase;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("AN-6: a listing is re-categorised while something happens to it")
class RecategorisationTest {
  private static final ExecutorService PEOPLE = Executors.newCachedThreadPool();
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void close() {
    PEOPLE.shutdownNow();
    database.close();
  }

  /** What somebody does with a listing, or with the transaction that is there already. */
  private static final Map<String, String> DEEDS =
      Map.ofEntries(
          Map.entry(
              "sale",
              """
              INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status, amount, platform_fee, commission_fee, processor_fee, created_at, completed_at)
              VALUES (gen_random_uuid(), :listing, :seller, :seller, 'RENT', 'COMPLETED', 100, 5, 4, 1, now(), now())
              """),
          Map.entry(
              "completion",
              """
              UPDATE marketplace.transactions SET status = 'COMPLETED', completed_at = now()
               WHERE listing_id = :listing AND status = 'PENDING'
              """),
          Map.entry(
              "refund",
              "UPDATE marketplace.transactions SET refunded_amount = 10, refunded_at = now() WHERE id = :deal"),
          Map.entry(
              "completion of another listing's deal",
              """
              UPDATE marketplace.transactions SET status = 'COMPLETED', completed_at = now()
               WHERE id = (SELECT transaction_id FROM marketplace.inquiries
                            WHERE listing_id = :listing AND transaction_id IS NOT NULL)
              """),
          Map.entry(
              "arrival",
              """
              UPDATE marketplace.transactions SET listing_id = :listing
               WHERE listing_id = (SELECT id FROM marketplace.listings WHERE seller_id = :seller AND id <> :listing)
              """),
          Map.entry(
              "departure",
              """
              UPDATE marketplace.transactions SET listing_id =
                (SELECT id FROM marketplace.listings WHERE seller_id = :seller AND id <> :listing) WHERE id = :deal
              """),
          Map.entry(
              "inquiry",
              "INSERT INTO marketplace.inquiries (id, listing_id, buyer_id, asked_at) VALUES (gen_random_uuid(), :listing, :seller, now())"),
          Map.entry(
              "inquiry about the deal",
              "UPDATE marketplace.inquiries SET transaction_id = :deal WHERE listing_id = :listing AND transaction_id IS NULL"),
          Map.entry(
              "inquiry withdrawn", "DELETE FROM marketplace.inquiries WHERE listing_id = :listing"),
          Map.entry(
              "attempt",
              """
              INSERT INTO marketplace.payment_attempts (id, transaction_id, attempted_at, status, method, amount)
              VALUES (gen_random_uuid(), :deal, now(), 'SUCCEEDED', 'card', 10)
              """),
          Map.entry(
              "attempt corrected",
              "UPDATE marketplace.payment_attempts SET status = 'FAILED', failure_code = 'declined' WHERE transaction_id = :deal"),
          Map.entry(
              "attempt deleted",
              "DELETE FROM marketplace.payment_attempts WHERE transaction_id = :deal"),
          Map.entry(
              "dispute",
              """
              INSERT INTO marketplace.disputes (id, transaction_id, opened_by, reason, status, opened_at)
              VALUES (gen_random_uuid(), :deal, :seller, 'not_delivered', 'OPEN', now())
              """),
          Map.entry(
              "payout",
              "UPDATE marketplace.payouts SET status = 'DISBURSED', disbursed_at = now() WHERE transaction_id = :deal"));

  private static final String RECATEGORISED =
      "UPDATE marketplace.listings SET category = 'vehicle', region = 'Mekelle' WHERE id = :listing";

  @ParameterizedTest(name = "{0}, first: {1}")
  @CsvSource({
    "sale, true", "sale, false",
    "completion, true", "completion, false",
    "refund, true", "refund, false",
    "completion of another listing's deal, true", "completion of another listing's deal, false",
    "arrival, true", "arrival, false",
    "departure, true", "departure, false",
    "inquiry, true", "inquiry, false",
    "inquiry about the deal, true", "inquiry about the deal, false",
    "inquiry withdrawn, true", "inquiry withdrawn, false",
    "attempt, true", "attempt, false",
    "attempt corrected, true", "attempt corrected, false",
    "attempt deleted, true", "attempt deleted, false",
    "dispute, true", "dispute, false",
    "payout, true", "payout, false",
  })
  @DisplayName("AN-6: whoever is first, everything counts for the new category")
  void countsForTheNewCategory(String deed, boolean isDeedFirst) throws Exception {
    Database marketplace = database.as("marketplace_app");
    UUID seller = UUID.randomUUID();
    UUID listing = UUID.randomUUID();
    UUID deal = UUID.randomUUID();
    marketplace.transaction(tx -> begin(tx.handle(), seller, listing, deal));
    String does = DEEDS.get(deed);
    CountDownLatch firstIsDone = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    CompletableFuture<Boolean> first =
        CompletableFuture.supplyAsync(
            () ->
                marketplace.transaction(
                    tx -> {
                      run(tx.handle(), isDeedFirst ? does : RECATEGORISED, seller, listing, deal);
                      firstIsDone.countDown();
                      await(mayCommit);
                      return true;
                    }),
            PEOPLE);
    assertThat(firstIsDone.await(10, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Boolean> second =
        CompletableFuture.supplyAsync(
            () ->
                marketplace.transaction(
                    tx -> {
                      run(tx.handle(), isDeedFirst ? RECATEGORISED : does, seller, listing, deal);
                      return true;
                    }),
            PEOPLE);
    awaitBlocked();
    mayCommit.countDown();
    first.get(10, TimeUnit.SECONDS);
    second.get(10, TimeUnit.SECONDS);

    YearMonth month = YearMonth.from(BusinessTime.at(Instant.now()));
    long differences =
        database
            .as("control_worker")
            .read(
                handle ->
                    handle
                        .createQuery("SELECT count(*) FROM control.differences_market(:from, :to)")
                        .bind("from", month.atDay(1))
                        .bind("to", month.plusMonths(1).atDay(1))
                        .mapTo(Long.class)
                        .one());
    assertThat(differences).isZero();
    new Rollups(database.as("control_worker")).foldAll();
  }

  /**
   * Two listings of a seller, each with a deal of which one is pending, and all that belongs to it.
   */
  private static boolean begin(Handle handle, UUID seller, UUID listing, UUID deal) {
    run(
        handle,
        "INSERT INTO marketplace.users (id, registered_at, is_seller) VALUES (:seller, now(), true)",
        seller,
        listing,
        deal);
    for (String sql :
        List.of(
            """
            INSERT INTO marketplace.listings (id, seller_id, category, region, title, price, status, listed_at)
            SELECT id, :seller, 'property', 'Adama', 'x', 10, 'ACTIVE', now()
              FROM unnest(ARRAY[:listing, gen_random_uuid()]) listed (id)
            """,
            """
            INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status, amount, platform_fee, commission_fee, processor_fee, created_at, completed_at)
            SELECT CASE WHEN l.id = :listing AND s.status = 'COMPLETED' THEN :deal ELSE gen_random_uuid() END,
                   l.id, :seller, :seller, 'RENT', s.status, 100, 5, 4, 1, now(), CASE s.status WHEN 'COMPLETED' THEN now() END
              FROM marketplace.listings l, unnest(ARRAY['COMPLETED', 'PENDING']) s (status) WHERE l.seller_id = :seller
            """,
            """
            INSERT INTO marketplace.payment_attempts (id, transaction_id, attempted_at, status, method, amount)
            SELECT gen_random_uuid(), id, now(), 'SUCCEEDED', 'card', 100 FROM marketplace.transactions WHERE seller_id = :seller
            """,
            """
            INSERT INTO marketplace.inquiries (id, listing_id, buyer_id, asked_at) VALUES (gen_random_uuid(), :listing, :seller, now())
            """,
            """
            INSERT INTO marketplace.inquiries (id, listing_id, buyer_id, asked_at, transaction_id)
            SELECT gen_random_uuid(), :listing, :seller, now(), id FROM marketplace.transactions
             WHERE seller_id = :seller AND listing_id <> :listing AND status = 'PENDING'
            """,
            """
            INSERT INTO marketplace.payouts (id, seller_id, transaction_id, amount, requested_at)
            VALUES (gen_random_uuid(), :seller, :deal, 90, now())
            """)) {
      run(handle, sql, seller, listing, deal);
    }
    return true;
  }

  private static void run(Handle handle, String sql, UUID seller, UUID listing, UUID deal) {
    Map<String, UUID> all = Map.of("seller", seller, "listing", listing, "deal", deal);
    var update = handle.createUpdate(sql);
    all.forEach(
        (name, id) -> {
          if (sql.contains(":" + name)) {
            update.bind(name, id);
          }
        });
    assertThat(update.execute()).isPositive();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The second waits for the first one's lock: that is the point of it. */
  private static void awaitBlocked() {
    Awaitility.await()
        .until(
            () ->
                database
                        .as("control_owner")
                        .read(
                            handle ->
                                handle
                                    .createQuery(
                                        "SELECT count(*) FROM pg_locks WHERE NOT granted"
                                            + " AND locktype IN ('transactionid', 'tuple')")
                                    .mapTo(Integer.class)
                                    .one())
                    > 0);
  }
}

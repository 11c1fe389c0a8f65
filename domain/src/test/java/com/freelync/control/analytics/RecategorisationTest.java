package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.Database;
import com.freelync.control.database.TestDatabase;
import java.time.Instant;
import java.time.YearMonth;
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
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

@DisplayName("AN-6: a listing is re-categorised while somebody pays for it")
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

  @RepeatedTest(20)
  @DisplayName("AN-6: whoever is first, the sale counts for the new category")
  void countsForTheNewCategory(RepetitionInfo round) throws Exception {
    Database marketplace = database.as("marketplace_app");
    UUID seller = UUID.randomUUID();
    UUID listing = UUID.randomUUID();
    marketplace.transaction(
        tx -> {
          tx.handle()
              .execute(
                  "INSERT INTO marketplace.users (id, registered_at, is_seller) VALUES (?, now(), true)",
                  seller);
          return tx.handle()
              .execute(
                  "INSERT INTO marketplace.listings (id, seller_id, category, region, title, price, status, listed_at)"
                      + " VALUES (?, ?, 'property', 'Adama', 'x', 10, 'ACTIVE', now())",
                  listing,
                  seller);
        });
    boolean isSaleFirst = round.getCurrentRepetition() % 2 == 0;
    CountDownLatch firstIsDone = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    CompletableFuture<Boolean> first =
        CompletableFuture.supplyAsync(
            () ->
                marketplace.transaction(
                    tx -> {
                      change(tx.handle(), isSaleFirst, listing, seller);
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
                      change(tx.handle(), !isSaleFirst, listing, seller);
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

  private static void change(Handle handle, boolean isSale, UUID listing, UUID seller) {
    if (isSale) {
      handle.execute(
          "INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status, amount, platform_fee, commission_fee, processor_fee, created_at, completed_at)"
              + " VALUES (gen_random_uuid(), ?, ?, ?, 'RENT', 'COMPLETED', 100, 5, 4, 1, now(), now())",
          listing,
          seller,
          seller);
    } else {
      handle.execute("UPDATE marketplace.listings SET category = 'vehicle' WHERE id = ?", listing);
    }
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

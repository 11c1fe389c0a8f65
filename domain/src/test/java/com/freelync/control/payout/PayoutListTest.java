package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.Cursor;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TableReads;
import com.freelync.control.database.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What PostgreSQL reads for a page of payouts among 100,000. */
class PayoutListTest {
  private static TestDatabase database;
  private static UUID withMany;
  private static UUID withFew;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    Marketplace marketplace = new Marketplace(database);
    withMany = marketplace.goodSeller();
    withFew = marketplace.goodSeller();
    database
        .as("marketplace_app")
        .transaction(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        """
                        INSERT INTO marketplace.payouts (id, seller_id, amount, status, requested_at,
                               updated_at, decided_at, decided_by)
                        SELECT gen_random_uuid(), CASE n % 50 WHEN 0 THEN ? ELSE ? END, 100,
                               CASE WHEN n > 99900 THEN 'REQUESTED' ELSE 'REJECTED' END,
                               now() - n * interval '1 second', now(),
                               CASE WHEN n > 99900 THEN NULL ELSE now() END,
                               CASE WHEN n > 99900 THEN NULL ELSE 'test' END
                          FROM generate_series(1, 100000) n
                        """,
                        withFew, withMany));
    database
        .as("marketplace_owner")
        .transaction(transaction -> transaction.handle().execute("ANALYZE marketplace.payouts"));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  @DisplayName("PO-1 SE-7: every combination of filters of payouts reads few rows for a page")
  void listsPayouts() {
    List<@Nullable UUID> sellers = Arrays.asList(null, withMany, withFew, UUID.randomUUID());
    database
        .as("control_api")
        .read(
            handle -> {
              for (@Nullable String status :
                  Arrays.asList(null, "REJECTED", "REQUESTED", "FAILED")) {
                for (@Nullable UUID seller : sellers) {
                  assertThat(
                          TableReads.of(
                              handle,
                              "marketplace.payouts",
                              () ->
                                  PayoutDao.list(status, seller)
                                      .page(handle, Cursor.START, 50, Payout.class)))
                      .as(status + " of " + seller)
                      .isEqualTo("few");
                }
              }
              return handle;
            });
  }
}

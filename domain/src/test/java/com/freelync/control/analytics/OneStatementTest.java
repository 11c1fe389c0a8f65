package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.TestDatabase;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What one statement does to a row and to what that row is counted by, cannot be counted by
 * triggers: it is doubted. The same in two statements is counted.
 */
@DisplayName("AN-6: several tables are changed")
class OneStatementTest {
  private static final String SELLER = "'00000000-0000-0000-0000-000000000001'::uuid";
  private static final String LISTING = "'00000000-0000-0000-0000-000000000002'::uuid";
  private static final String OTHER = "'00000000-0000-0000-0000-000000000003'::uuid";
  private static final String DEAL = "'00000000-0000-0000-0000-000000000004'::uuid";
  private static final String PENDING = "'00000000-0000-0000-0000-000000000005'::uuid";

  private static final String COMPLETE =
      "UPDATE marketplace.transactions SET status = 'COMPLETED', completed_at = now() WHERE id = "
          + PENDING;
  private static final String RECATEGORISE =
      "UPDATE marketplace.listings SET category = 'vehicle' WHERE id = " + LISTING;
  private static final String MOVE =
      "UPDATE marketplace.transactions SET listing_id = " + OTHER + " WHERE id = " + DEAL;

  /** Two statements each, that may also be one. */
  private static final Map<String, List<String>> PAIRS = new LinkedHashMap<>();

  static {
    PAIRS.put(
        "complete a deal, and mark the inquiry that led to it",
        List.of(
            COMPLETE,
            "UPDATE marketplace.inquiries SET transaction_id = "
                + PENDING
                + " WHERE listing_id = "
                + LISTING));
    PAIRS.put("complete a deal, and dispute it", List.of(COMPLETE, dispute(PENDING)));
    PAIRS.put("move a deal, and try to pay it", List.of(MOVE, attempt(DEAL)));
    PAIRS.put(
        "move a deal, and delete its attempts",
        List.of(MOVE, "DELETE FROM marketplace.payment_attempts WHERE transaction_id = " + DEAL));
    PAIRS.put(
        "move a deal, and an attempt to another one",
        List.of(
            MOVE,
            "UPDATE marketplace.payment_attempts SET transaction_id = "
                + PENDING
                + " WHERE transaction_id = "
                + DEAL));
    PAIRS.put("re-categorise, and sell", List.of(RECATEGORISE, sale(LISTING)));
    PAIRS.put(
        "re-categorise, and refund",
        List.of(
            RECATEGORISE,
            "UPDATE marketplace.transactions SET refunded_amount = 10, refunded_at = now() WHERE id = "
                + DEAL));
    PAIRS.put("re-categorise, and move a deal away", List.of(RECATEGORISE, MOVE));
    PAIRS.put(
        "re-categorise, and delete an inquiry",
        List.of(RECATEGORISE, "DELETE FROM marketplace.inquiries WHERE listing_id = " + LISTING));
    PAIRS.put("re-categorise, and dispute", List.of(RECATEGORISE, dispute(DEAL)));
  }

  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
    database
        .as("marketplace_app")
        .transaction(
            tx -> {
              begin(tx.handle());
              return true;
            });
    new Rollups(database.as("control_worker")).foldAll();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  static Stream<String> pairs() {
    return PAIRS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void byTwoStatementsAreCounted(String pair) {
    assertThat(after(PAIRS.get(pair))).isEqualTo(new State(false, 0));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void byTwoStatementsInTheOtherOrderAreCounted(String pair) {
    assertThat(after(PAIRS.get(pair).reversed())).isEqualTo(new State(false, 0));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void byOneStatementAreDoubted(String pair) {
    List<String> both = PAIRS.get(pair);
    assertThat(after(List.of(one(both.get(0), both.get(1)))).isDoubted()).isTrue();
    assertThat(after(List.of(one(both.get(1), both.get(0)))).isDoubted()).isTrue();
  }

  @Test
  void aDealAndItsFirstAttemptAreCountedEvenByOneStatement() {
    assertThat(
            after(
                List.of(
                    "WITH deal AS ("
                        + sale(LISTING)
                        + " RETURNING id) INSERT INTO marketplace.payment_attempts (id, transaction_id, attempted_at, status, method, amount)"
                        + " SELECT gen_random_uuid(), id, now(), 'SUCCEEDED', 'card', 10 FROM deal")))
        .isEqualTo(new State(false, 0));
  }

  @Test
  void aListingThatIsDeletedAndThereAllTheSameIsDoubted() {
    assertThat(
            after(
                    List.of(
                        "WITH gone AS (DELETE FROM marketplace.listings WHERE id = "
                            + LISTING
                            + " RETURNING *) INSERT INTO marketplace.listings (id, seller_id, category, region, title, price, status, listed_at)"
                            + " SELECT id, seller_id, 'vehicle', region, title, price, status, listed_at FROM gone"))
                .isDoubted())
        .isTrue();
  }

  @Test
  void aDealOfAnotherListingThatAnInquiryLedToIsCounted() {
    String asked =
        "UPDATE marketplace.inquiries SET transaction_id = "
            + PENDING
            + " WHERE listing_id = "
            + LISTING;
    String moved =
        "UPDATE marketplace.transactions SET listing_id = " + OTHER + " WHERE id = " + PENDING;
    assertThat(after(List.of(moved, asked, COMPLETE, RECATEGORISE))).isEqualTo(new State(false, 0));
  }

  /**
   * What is known in a transaction.
   *
   * @param isDoubted whether the market may not be believed
   * @param differences how many cells differ from the source
   */
  private record State(boolean isDoubted, long differences) {}

  /** Who may write the source and read what is known of it; all is undone. */
  private static State after(List<String> statements) {
    return database
        .as("postgres")
        .transaction(
            tx -> {
              Handle handle = tx.handle();
              handle.savepoint("begin");
              statements.forEach(handle::execute);
              State state = state(handle);
              handle.rollbackToSavepoint("begin");
              return state;
            });
  }

  private static State state(Handle handle) {
    YearMonth month = YearMonth.from(BusinessTime.at(Instant.now()));
    boolean isDoubted =
        handle
            .createQuery("SELECT EXISTS (SELECT FROM control.market_delta WHERE doubt)")
            .mapTo(Boolean.class)
            .one();
    long differences =
        handle
            .createQuery("SELECT count(*) FROM control.differences_market(:from, :to)")
            .bind("from", month.atDay(1))
            .bind("to", month.plusMonths(1).atDay(1))
            .mapTo(Long.class)
            .one();
    return new State(isDoubted, differences);
  }

  private static String one(String first, String second) {
    return "WITH first AS ("
        + first
        + " RETURNING 1), second AS ("
        + second
        + " RETURNING 1) SELECT";
  }

  private static String dispute(String deal) {
    return "INSERT INTO marketplace.disputes (id, transaction_id, opened_by, reason, status, opened_at)"
        + " VALUES (gen_random_uuid(), "
        + deal
        + ", "
        + SELLER
        + ", 'not_delivered', 'OPEN', now())";
  }

  private static String attempt(String deal) {
    return "INSERT INTO marketplace.payment_attempts (id, transaction_id, attempted_at, status, method, amount)"
        + " VALUES (gen_random_uuid(), "
        + deal
        + ", now(), 'SUCCEEDED', 'card', 10)";
  }

  private static String sale(String listing) {
    return deal("gen_random_uuid()", listing, "'COMPLETED'", "now()");
  }

  private static String deal(String id, String listing, String status, String completed) {
    return "INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status, amount, platform_fee, commission_fee, processor_fee, created_at, completed_at) VALUES ("
        + String.join(
            ", ", id, listing, SELLER, SELLER, "'RENT'", status, "100, 5, 4, 1, now()", completed)
        + ")";
  }

  private static void begin(Handle handle) {
    handle.execute(
        "INSERT INTO marketplace.users (id, registered_at, is_seller) VALUES ("
            + SELLER
            + ", now(), true)");
    for (String listing : List.of(LISTING, OTHER)) {
      handle.execute(
          "INSERT INTO marketplace.listings (id, seller_id, category, region, title, price, status, listed_at) VALUES ("
              + listing
              + ", "
              + SELLER
              + ", 'property', '"
              + (listing.equals(OTHER) ? "Mekelle" : "Adama")
              + "', 'x', 10, 'ACTIVE', now())");
    }
    handle.execute(deal(DEAL, LISTING, "'COMPLETED'", "now()"));
    handle.execute(deal(PENDING, LISTING, "'PENDING'", "NULL"));
    handle.execute(attempt(DEAL));
    handle.execute(
        "INSERT INTO marketplace.inquiries (id, listing_id, buyer_id, asked_at) VALUES (gen_random_uuid(), "
            + LISTING
            + ", "
            + SELLER
            + ", now())");
  }
}

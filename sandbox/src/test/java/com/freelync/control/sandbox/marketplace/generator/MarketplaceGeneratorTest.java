package com.freelync.control.sandbox.marketplace.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.sandbox.marketplace.TestMarketplace;
import com.zaxxer.hikari.HikariDataSource;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The seeded generator")
class MarketplaceGeneratorTest {
  private static final LocalDate UNTIL = LocalDate.of(2026, 2, 1);
  private static final GeneratorSettings SMALL = new GeneratorSettings(10_000, 1, UNTIL);

  private static HikariDataSource database;
  private static MarketplaceGenerator.Report report;

  @BeforeAll
  static void load() {
    TestMarketplace.create("generated");
    database = TestMarketplace.pool("generated", "marketplace_app");
    report = MarketplaceGenerator.load(database, SMALL, line -> {});
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws Exception {
    var settings = new GeneratorSettings(2_000, 7, UNTIL);
    assertThat(digests(settings)).isEqualTo(digests(settings));
    assertThat(digests(new GeneratorSettings(2_000, 8, UNTIL)))
        .allSatisfy(
            (table, digest) -> assertThat(digest).isNotEqualTo(unchecked(settings).get(table)));
  }

  @Test
  void everyTableIsFilled() throws SQLException {
    for (Table table : Table.ALL) {
      assertThat(number("SELECT count(*) FROM marketplace." + table.name())).isPositive();
    }
    assertThat(number("SELECT count(*) FROM marketplace.transactions")).isEqualTo(10_000);
    assertThat(report.rows()).isGreaterThan(40_000);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        // Money beyond the checks of the schema itself.
        "transactions WHERE platform_fee + processor_fee > amount",
        "transactions WHERE refunded_amount = amount AND refunded_platform_fee <> platform_fee",
        "payouts p JOIN marketplace.transactions t ON t.id = p.transaction_id"
            + " WHERE p.amount <> t.amount - t.platform_fee - t.processor_fee",
        "payouts p JOIN marketplace.transactions t ON t.id = p.transaction_id"
            + " WHERE p.seller_id <> t.seller_id OR p.requested_at < t.completed_at",
        // Who and what a row refers to was there, and plays its role.
        "transactions t JOIN marketplace.users u ON u.id = t.buyer_id"
            + " WHERE u.registered_at > t.created_at OR NOT u.is_buyer",
        "listings l JOIN marketplace.users u ON u.id = l.seller_id"
            + " WHERE u.registered_at > l.listed_at OR NOT u.is_seller",
        "transactions t JOIN marketplace.listings l ON l.id = t.listing_id"
            + " WHERE l.listed_at > t.created_at OR l.seller_id <> t.seller_id",
        "transactions WHERE buyer_id = seller_id",
        "inquiries i JOIN marketplace.users u ON u.id = i.buyer_id WHERE u.registered_at > i.asked_at",
        "inquiries i JOIN marketplace.transactions t ON t.id = i.transaction_id"
            + " WHERE t.listing_id <> i.listing_id OR i.asked_at > t.created_at",
        "listings l WHERE status = 'SOLD' AND NOT EXISTS (SELECT FROM marketplace.transactions t"
            + " WHERE t.listing_id = l.id AND t.kind = 'SALE' AND t.completed_at = l.sold_at)",
        "disputes d JOIN marketplace.transactions t ON t.id = d.transaction_id"
            + " WHERE t.completed_at IS NULL OR d.opened_at < t.completed_at",
        // The history ends in what the user's row says.
        "users u WHERE ROW(verified, trust_score, suspended)::text <> (SELECT ROW(verified,"
            + " trust_score, suspended)::text FROM marketplace.seller_facts_history h"
            + " WHERE h.user_id = u.id ORDER BY valid_from DESC LIMIT 1)",
        "users u WHERE NOT EXISTS (SELECT FROM marketplace.seller_facts_history h"
            + " WHERE h.user_id = u.id AND valid_from = u.registered_at)",
        // Payouts were decided by people, or wait.
        "payouts WHERE (status = 'REQUESTED') <> (decided_by IS NULL AND decided_at IS NULL)",
        "payouts WHERE (status IN ('DISBURSED', 'REVERSED')) <> (disbursed_at IS NOT NULL)",
        // Nothing after the last day.
        "transactions WHERE greatest(created_at, completed_at, refunded_at) >= '2026-02-01T21:00Z'",
        "payouts WHERE greatest(requested_at, decided_at, disbursed_at) >= '2026-02-01T21:00Z'",
        "payment_attempts WHERE attempted_at >= '2026-02-01T21:00Z'",
        "disputes WHERE greatest(opened_at, resolved_at) >= '2026-02-01T21:00Z'",
      })
  void noRowBreaksThisLaw(String broken) throws SQLException {
    assertThat(number("SELECT count(*) FROM marketplace." + broken)).isZero();
  }

  @Test
  void businessGrowsAndSundaysAreQuiet() throws SQLException {
    long first =
        number("SELECT count(*) FROM marketplace.transactions WHERE created_at < '2023-02-01'");
    long last =
        number("SELECT count(*) FROM marketplace.transactions WHERE created_at >= '2025-02-01'");
    assertThat(last).isGreaterThan(2 * first);
    String onDay =
        "SELECT count(*) FROM marketplace.transactions"
            + " WHERE extract(isodow FROM created_at AT TIME ZONE 'Africa/Addis_Ababa') = ";
    assertThat(number(onDay + 7)).isLessThan(number(onDay + 3) * 3 / 4);
  }

  @Test
  void aMarketplaceWithDataIsLeftAlone() {
    assertThatThrownBy(() -> MarketplaceGenerator.load(database, SMALL, line -> {}))
        .hasMessageContaining("has data already");
  }

  @Test
  void allReferencesAreCheckedInTheEnd() throws SQLException {
    assertThat(
            number(
                "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"
                    + " AND connamespace = 'marketplace'::regnamespace"))
        .isEqualTo(15);
    assertThat(number("SELECT count(*) FROM marketplace.suspended_references")).isZero();
  }

  private static Map<String, String> unchecked(GeneratorSettings settings) {
    try {
      return digests(settings);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> digests(GeneratorSettings settings) throws Exception {
    Map<String, String> digests = new TreeMap<>();
    for (Table table : Table.ALL) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Rows rows = new Rows((bytes, length) -> digest.update(bytes, 0, length));
      table.writer().write(new World(settings), rows);
      rows.finish();
      digests.put(table.name(), HexFormat.of().formatHex(digest.digest()));
    }
    return digests;
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}

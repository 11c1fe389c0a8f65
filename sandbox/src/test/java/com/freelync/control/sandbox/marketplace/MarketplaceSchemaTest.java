package com.freelync.control.sandbox.marketplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.sandbox.postgres.SandboxPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The source: schema marketplace")
class MarketplaceSchemaTest {
  private static final String SELLER = "00000000-0000-4000-8000-000000000001";

  private static SandboxPostgres postgres;

  @BeforeAll
  static void migrate() throws SQLException {
    postgres = TestMarketplace.postgres();
    postgres.createDatabase("schema_test", null);
    for (int run = 0; run < 2; run++) {
      MarketplaceSchema.migrate(
          postgres.jdbcUrl("schema_test"),
          "marketplace_owner",
          postgres.password("marketplace_owner"));
    }
    try (Connection app = connect("marketplace_app");
        Statement statement = app.createStatement()) {
      statement.execute(
          "INSERT INTO marketplace.users (id, registered_at, is_seller, trust_score, full_name)"
              + " VALUES ('"
              + SELLER
              + "', '2026-01-01T00:00Z', true, 7.5, 'Abebe Kebede')");
      statement.execute(
          "INSERT INTO marketplace.payouts (id, seller_id, amount, requested_at)"
              + " VALUES (gen_random_uuid(), '"
              + SELLER
              + "', 100, now())");
    }
  }

  @Test
  void everyTableAndColumnSaysWhatItMeans() throws SQLException {
    assertThat(
            column(
                "postgres",
                """
                SELECT c.relname || coalesce('.' || a.attname, '')
                FROM pg_class c
                LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                WHERE c.relnamespace = 'marketplace'::regnamespace AND c.relkind = 'r'
                  AND c.relname <> 'schema_history'
                  AND (obj_description(c.oid) IS NULL OR col_description(c.oid, a.attnum) IS NULL)
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "control_owner",
        "control_api",
        "control_worker",
        "control_dryrun",
        "control_reader"
      })
  @DisplayName("SE-6: the control center reads facts, never personal columns")
  void factsAreReadableAndPersonalDataIsNot(String role) throws SQLException {
    assertThat(
            column(role, "SELECT trust_score FROM marketplace.users WHERE id = '" + SELLER + "'"))
        .containsExactly("7.5");
    assertThatThrownBy(() -> column(role, "SELECT full_name FROM marketplace.users"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> column(role, "SELECT number FROM marketplace.documents"))
        .hasMessageContaining("permission denied");
  }

  @Test
  @DisplayName("AU-7: the dry run's role cannot write, even when it asks to")
  void theDryRunsRoleCannotWrite() {
    assertThatThrownBy(
            () ->
                execute(
                    "control_dryrun",
                    "SET default_transaction_read_only = off",
                    "UPDATE marketplace.payouts SET status = 'APPROVED'"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void theWorkerDecidesPayoutsAndNothingElse() throws SQLException {
    execute(
        "control_worker",
        "UPDATE marketplace.payouts SET status = 'APPROVED', decided_at = now(),"
            + " decided_by = 'cfo', updated_at = now()");
    assertThatThrownBy(() -> execute("control_worker", "UPDATE marketplace.payouts SET amount = 1"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(
            () -> execute("control_api", "UPDATE marketplace.payouts SET status = 'REJECTED'"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void sellerFactsKeepTheirHistory() throws SQLException {
    String seller = "00000000-0000-4000-8000-000000000002";
    execute(
        "marketplace_app",
        "INSERT INTO marketplace.users (id, registered_at, is_seller) VALUES ('"
            + seller
            + "', '2026-02-01T00:00Z', true)",
        "UPDATE marketplace.users SET trust_score = 9 WHERE id = '" + seller + "'",
        "UPDATE marketplace.users SET region = 'Adama' WHERE id = '" + seller + "'",
        "UPDATE marketplace.users SET suspended = true WHERE id = '" + seller + "'");
    assertThat(
            column(
                "control_api",
                "SELECT trust_score || ' ' || suspended FROM marketplace.seller_facts_history"
                    + " WHERE user_id = '"
                    + seller
                    + "' ORDER BY valid_from"))
        .containsExactly("5.0 false", "9.0 false", "9.0 true");
  }

  private static Connection connect(String role) throws SQLException {
    return postgres.connect("schema_test", role);
  }

  private static void execute(String role, String... statements) throws SQLException {
    try (Connection connection = connect(role);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> column(String role, String sql) throws SQLException {
    try (Connection connection = connect(role);
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}

package com.freelync.control.sandbox.marketplace.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.sandbox.marketplace.TestMarketplace;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@DisplayName("A load that was killed")
class InterruptedLoadTest {
  private static final GeneratorSettings TINY =
      new GeneratorSettings(1_000, 1, LocalDate.of(2026, 2, 1));

  private static final String USERS =
      """
      SET marketplace.bulk_load = on;
      INSERT INTO marketplace.users (id, registered_at) VALUES (gen_random_uuid(), now()), (gen_random_uuid(), now());
      RESET marketplace.bulk_load
      """;

  private HikariDataSource database;

  @BeforeEach
  void create(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName().toLowerCase();
    TestMarketplace.create(name);
    database = TestMarketplace.pool(name, "marketplace_app");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void inItsMiddleIsBegunAgain() throws SQLException {
    run("SELECT marketplace.suspend_references()");
    run(USERS);
    MarketplaceGenerator.Report report = MarketplaceGenerator.load(database, TINY, line -> {});
    assertThat(number("SELECT count(*) FROM marketplace.transactions")).isEqualTo(1_000);
    assertThat(report.rows()).isGreaterThan(1_000);
    isWhole();
  }

  @Test
  void beforeItsChecksIsFinished() throws SQLException {
    run("SELECT marketplace.suspend_references()");
    run(USERS);
    run(
        "SELECT marketplace.restore_keys(t) FROM (SELECT DISTINCT table_name AS t FROM marketplace.suspended_references) loaded");
    run("SELECT marketplace.restore_references()");
    assertThat(MarketplaceGenerator.load(database, TINY, line -> {}).rows()).isZero();
    isWhole();
  }

  @Test
  void whileItsKeysAreMadeIsFinished() throws SQLException {
    run("SELECT marketplace.suspend_references()");
    run(USERS);
    run("SELECT marketplace.restore_keys('marketplace.inquiries')");
    assertThat(MarketplaceGenerator.load(database, TINY, line -> {}).rows()).isZero();
    isWhole();
    assertThatThrownBy(() -> MarketplaceGenerator.load(database, TINY, line -> {}))
        .hasMessageContaining("has data already");
  }

  @Test
  void nobodyEmptiesATableThatIsNotLoaded() throws SQLException {
    assertThatThrownBy(() -> run("SELECT marketplace.begin_load('users')"))
        .hasMessageContaining("No bulk load of users");
    run("SELECT marketplace.suspend_references()");
    for (String table : new String[] {"schema_history", "suspended_references", "outbox_", "x'"}) {
      assertThatThrownBy(
              () -> run("SELECT marketplace.begin_load('" + table.replace("'", "''") + "')"))
          .hasMessageContaining("No bulk load of");
    }
  }

  @Test
  void somebodyElsesLoadIsNotDisturbed() throws SQLException {
    try (Connection other = database.getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(hashtextextended('marketplace.load', 0))");
      assertThatThrownBy(() -> MarketplaceGenerator.load(database, TINY, line -> {}))
          .hasMessageContaining("Somebody else");
      statement.execute("SELECT pg_advisory_unlock_all()");
    }
  }

  private void isWhole() throws SQLException {
    assertThat(number("SELECT count(*) FROM marketplace.suspended_references")).isZero();
    assertThat(
            number(
                "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"
                    + " AND connamespace = 'marketplace'::regnamespace"))
        .isEqualTo(15);
    assertThat(
            number(
                "SELECT count(*) FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
                    + " WHERE relnamespace = 'marketplace'::regnamespace AND tgenabled <> 'O'"))
        .isZero();
    assertThat(
            number(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'marketplace'::regnamespace"
                    + " AND reloptions::text LIKE '%autovacuum_enabled%'"))
        .isZero();
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}

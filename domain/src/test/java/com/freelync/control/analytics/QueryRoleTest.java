package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.database.Database;
import com.freelync.control.database.Failures;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.sandbox.marketplace.generator.GeneratorSettings;
import com.freelync.control.sandbox.marketplace.generator.MarketplaceGenerator;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("AN-9 SE-6: the role of questions reaches no person")
class QueryRoleTest {
  private static final LocalDateTime FROM = LocalDate.of(2025, 12, 1).atStartOfDay();
  private static final LocalDateTime TO = FROM.plusMonths(2).plusHours(7).plusMinutes(30);

  private static TestDatabase database;
  private static Database query;

  @BeforeAll
  static void load() {
    database = TestDatabase.create();
    MarketplaceGenerator.load(
        database.as("marketplace_app").dataSource(),
        new GeneratorSettings(1_000, 7, LocalDate.of(2026, 2, 1)),
        table -> {});
    query = database.as("control_query");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static void assertSame(Question question) {
    List<Row> worker =
        new Analytics(database.as("control_worker")).read(reading -> reading.answer(question));
    List<Row> asked = new Analytics(query).read(reading -> reading.answer(question));
    assertThat(asked).isEqualTo(worker);
  }

  /** From the source while all is doubted, then from rollups and sets. */
  @Test
  @DisplayName("AN-9: every metric by every dimension is answered as to any other role")
  void answersEverything() {
    for (boolean isRebuilt : new boolean[] {false, true}) {
      if (isRebuilt) {
        new Rollups(database.as("control_worker")).rebuildDoubted();
        new ActivitySets(database.as("control_worker")).makeAll();
      }
      for (Dimension dimension : Dimension.values()) {
        assertSame(
            Question.total(Metric.having(dimension), FROM, TO)
                .by(MetricPeriod.MONTHLY)
                .by(List.of(dimension)));
      }
      assertSame(Question.total(Set.of(Metric.ACTIVE_USERS), FROM, TO));
    }
  }

  @ParameterizedTest(name = "AN-9: {0} is refused")
  @ValueSource(
      strings = {
        "SELECT id FROM marketplace.users",
        "SELECT full_name FROM marketplace.users",
        "SELECT buyer_id FROM marketplace.transactions",
        "SELECT buyer_id FROM control.activity_source",
        "SELECT user_id FROM control.user_number",
        "SELECT * FROM control.person",
        "SELECT * FROM control.audit_log",
        "SELECT * FROM control.analytics_snapshot",
        "SELECT control.rebuild_market('2026-01-01', '2026-02-01')",
        "SELECT control.fold_market(1)",
        "SELECT * FROM control.count_call('a', 'b', 1, '1 s', NULL)"
      })
  void refused(String sql) {
    assertThatThrownBy(
            () -> query.transaction(tx -> tx.handle().select(sql).mapToMap().list().size()))
        .hasMessageContaining("permission denied");
  }

  @ParameterizedTest(name = "AN-9: {0} is refused, also where it asks to write")
  @ValueSource(
      strings = {
        "DELETE FROM control.market_month",
        "UPDATE control.rollup_month_check SET verified_at = now()",
        "INSERT INTO control.market_delta (bucket) VALUES (now())",
        "CREATE TABLE control.mine (a int)"
      })
  void cannotWrite(String sql) {
    assertThatThrownBy(
            () ->
                query.transaction(
                    tx -> {
                      tx.handle().execute("SET TRANSACTION READ WRITE");
                      return tx.handle().execute(sql);
                    }))
        .hasMessageContaining("permission denied");
  }

  @Test
  @DisplayName("AN-9: a question of many statements that takes too long in all is told as such")
  void transactionTimesOut() {
    assertThatThrownBy(
            () ->
                query.read(
                    handle -> {
                      handle.execute("SET LOCAL transaction_timeout = '50ms'");
                      return handle.execute("SELECT pg_sleep(60)");
                    }))
        .satisfies(failure -> assertThat(Failures.isTimeout(failure)).isTrue());
  }

  @Test
  @DisplayName("SE-6: no column that it may read holds an id of a user")
  void noIds() {
    Set<String> columns =
        database
            .as("postgres")
            .read(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT table_schema || '.' || table_name || '.' || column_name
                              FROM information_schema.column_privileges
                             WHERE grantee = 'control_query' AND privilege_type = 'SELECT'
                            """)
                        .mapTo(String.class)
                        .set());
    assertThat(columns)
        .hasSizeGreaterThan(100)
        .allMatch(column -> column.startsWith("control."))
        .noneMatch(
            column -> column.matches(".*\\.(id|.*_id|.*name|email|phone|number_plate|.*title)"));
  }
}

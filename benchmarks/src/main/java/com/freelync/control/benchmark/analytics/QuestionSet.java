package com.freelync.control.benchmark.analytics;

import com.freelync.control.analytics.Dimension;
import com.freelync.control.analytics.Filter;
import com.freelync.control.analytics.Metric;
import com.freelync.control.analytics.MetricPeriod;
import com.freelync.control.analytics.Question;
import com.freelync.control.analytics.Reading;
import com.freelync.control.analytics.Row;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The questions, each asked of us, of the source in plain SQL, and of DuckDB that scans the rows or
 * holds the same rollup. An answer is a list of lines that must be equal.
 */
final class QuestionSet {
  private static final Set<Metric> MONEY =
      EnumSet.of(Metric.GROSS_VOLUME, Metric.TRANSACTION_COUNT, Metric.PLATFORM_REVENUE);

  /** Of the source, in santim. */
  private static final String SOURCE =
      """
      (SELECT control.business_time(r.completed_at) AS moment, coalesce(l.category, 'unknown') AS category,
              coalesce(l.region, 'unknown') AS region, ((r.amount - r.refunded_amount) * 100)::bigint AS gross,
              (r.refunded_amount < r.amount)::int AS number,
              ((r.platform_fee - r.refunded_platform_fee) * 100)::bigint AS platform, r.buyer_id AS buyer, r.seller_id AS seller
         FROM marketplace.transactions r JOIN marketplace.listings l ON l.id = r.listing_id
        WHERE r.completed_at >= TIMESTAMP '%s' AT TIME ZONE 'Africa/Addis_Ababa'
          AND r.completed_at < TIMESTAMP '%s' AT TIME ZONE 'Africa/Addis_Ababa') t
      """;

  /** Of the export. */
  private static final String ROWS =
      "(SELECT * FROM tx WHERE moment >= TIMESTAMP '%s' AND moment < TIMESTAMP '%s') t";

  private static final String DAYS =
      """
      (SELECT bucket AS moment, category, region, gross_volume AS gross, transaction_count AS number, platform_revenue AS platform
         FROM market_day WHERE bucket >= TIMESTAMP '%s' AND bucket < TIMESTAMP '%s') t
      """;

  private static final String SUMS =
      "sum(gross)::bigint AS gross, sum(number)::bigint AS number, sum(platform)::bigint AS platform";

  private final LocalDateTime end;

  QuestionSet(LocalDate end) {
    this.end = end.atStartOfDay();
  }

  /**
   * A question.
   *
   * @param target milliseconds at 20 million transactions
   * @param ours how we are asked
   * @param source by plain SQL on the source
   * @param scan by DuckDB on its copy of the rows
   * @param rollup by DuckDB on its copy of the rollup; null where it cannot answer
   */
  record Asked(
      String name,
      int target,
      Function<Reading, List<String>> ours,
      Function<Connection, List<String>> source,
      Function<Connection, List<String>> scan,
      @Nullable Function<Connection, List<String>> rollup) {}

  List<Asked> all() {
    return List.of(dashboard(), thirtyDays(), threeYears(), custom(), activeUsers());
  }

  private Asked thirtyDays() {
    LocalDateTime from = end.minusDays(30);
    String sql =
        "SELECT date_trunc('day', moment)::date::text AS a, category, "
            + SUMS
            + " FROM %s GROUP BY 1, 2";
    return same(
        "revenue, 30 days by day and category",
        10,
        Question.total(MONEY, from, end).by(MetricPeriod.DAILY).by(List.of(Dimension.CATEGORY)),
        sql,
        from,
        end);
  }

  private Asked threeYears() {
    LocalDateTime to = end.withDayOfMonth(1);
    LocalDateTime from = to.minusYears(3);
    String sql =
        "SELECT date_trunc('month', moment)::date::text AS a, region, "
            + SUMS
            + " FROM %s GROUP BY 1, 2";
    return same(
        "three years by month and region",
        20,
        Question.total(MONEY, from, to).by(MetricPeriod.MONTHLY).by(List.of(Dimension.REGION)),
        sql,
        from,
        to);
  }

  private Asked custom() {
    LocalDateTime to = end.withDayOfMonth(1);
    LocalDateTime from = to.minusYears(1);
    String sql =
        "SELECT date_trunc('week', moment)::date::text AS a, region, "
            + SUMS
            + " FROM %s WHERE category = 'vehicle' GROUP BY 1, 2";
    Question question =
        new Question(
            MONEY,
            from,
            to,
            MetricPeriod.WEEKLY,
            List.of(Dimension.REGION),
            List.of(new Filter(Dimension.CATEGORY, true, Set.of("vehicle"))));
    return same("custom: a year of vehicles by week and region", 100, question, sql, from, to);
  }

  private static Asked same(
      String name,
      int target,
      Question question,
      String sql,
      LocalDateTime from,
      LocalDateTime to) {
    return new Asked(
        name,
        target,
        reading -> lines(reading.answer(question)),
        asking(sql.formatted(SOURCE.formatted(from, to))),
        asking(sql.formatted(ROWS.formatted(from, to))),
        asking(sql.formatted(DAYS.formatted(from, to))));
  }

  private Asked activeUsers() {
    LocalDateTime from = end.minusDays(30);
    String sql =
        "SELECT count(DISTINCT u) FROM (SELECT buyer AS u FROM %1$s UNION ALL SELECT seller FROM %1$s) x";
    Question question = Question.total(EnumSet.of(Metric.ACTIVE_USERS), from, end);
    return new Asked(
        "active users of 30 days",
        150,
        reading ->
            List.of(String.valueOf(reading.answer(question).getFirst().value(Metric.ACTIVE_USERS))),
        asking(sql.formatted(SOURCE.formatted(from, end))),
        asking(sql.formatted(ROWS.formatted(from, end))),
        null);
  }

  private static Function<Connection, List<String>> asking(String sql) {
    return connection -> SqlLines.ask(connection, sql);
  }

  /** Holding the rollup, DuckDB has to count different users of the rows all the same. */
  private Asked dashboard() {
    LocalDateTime from = end.minusDays(30);
    Board board = new Board(from.minusDays(30), from, end);
    return new Asked(
        "dashboard",
        50,
        board::ours,
        connection -> board.ask(connection, BoardTables.SOURCE),
        connection -> board.ask(connection, BoardTables.DUCK_ROWS),
        connection -> board.ask(connection, BoardTables.DUCK_ROLLUP));
  }

  private static List<String> lines(List<Row> rows) {
    return rows.stream()
        .map(
            row -> {
              List<String> keys = new ArrayList<>();
              if (row.period() != null) {
                keys.add(row.period().toLocalDate().toString());
              }
              keys.addAll(row.group().values());
              return line(keys, row);
            })
        .toList();
  }

  private static String line(List<String> keys, Row row) {
    List<String> cells = new ArrayList<>(keys);
    for (Map.Entry<Metric, Boolean> money :
        List.of(
            Map.entry(Metric.GROSS_VOLUME, true),
            Map.entry(Metric.TRANSACTION_COUNT, false),
            Map.entry(Metric.PLATFORM_REVENUE, true))) {
      BigDecimal value = row.value(money.getKey());
      BigDecimal exact = value == null ? BigDecimal.ZERO : value;
      cells.add(
          (money.getValue() ? exact.movePointRight(2) : exact).toBigIntegerExact().toString());
    }
    return String.join("|", cells);
  }
}

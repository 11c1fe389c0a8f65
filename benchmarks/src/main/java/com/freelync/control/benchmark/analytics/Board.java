package com.freelync.control.benchmark.analytics;

import com.freelync.control.analytics.Dimension;
import com.freelync.control.analytics.Metric;
import com.freelync.control.analytics.Question;
import com.freelync.control.analytics.Reading;
import com.freelync.control.analytics.Row;
import com.freelync.control.analytics.Summary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole dashboard: all metrics of 30 days, by category, region and user type, and of the 30
 * days before. The others are asked for the sums that all of it is made of, a statement for each
 * fact; the few divisions are made here.
 */
final class Board {
  private static final Map<String, List<String>> MARKET =
      new TreeMap<>(
          Map.of(
              "transaction",
              List.of(
                  "gross_volume",
                  "transaction_count",
                  "platform_revenue",
                  "commission_earned",
                  "processor_fees"),
              "dispute",
              List.of("disputed_transactions"),
              "payout",
              List.of("payout_volume", "payout_count"),
              "listed",
              List.of("new_listings"),
              "sold",
              List.of("sold_listings"),
              "inquiry",
              List.of("inquiries", "converted_inquiries"),
              "attempt",
              List.of("payment_attempts", "failed_payment_attempts")));

  private static final Map<String, List<String>> PEOPLE =
      new TreeMap<>(
          Map.of(
              "registered",
              List.of("new_users", "registered_and_verified"),
              "verified",
              List.of("verified_users")));

  /** What a stock is made of, and with which sign. */
  private static final Map<String, String> STOCK =
      new TreeMap<>(
          Map.of("listed", "new_listings", "sold", "-sold_listings", "closed", "-closed_listings"));

  private static final Map<String, List<String>> RATES =
      Map.of(
          "inquiry_conversion_rate", List.of("converted_inquiries", "inquiries"),
          "dispute_rate", List.of("disputed_transactions", "transaction_count"),
          "payment_failure_rate", List.of("failed_payment_attempts", "payment_attempts"),
          "verification_rate", List.of("registered_and_verified", "new_users"),
          "listing_conversion_rate", List.of("sold_listings", "offered"));

  private final LocalDateTime before;
  private final LocalDateTime from;
  private final LocalDateTime to;

  Board(LocalDateTime before, LocalDateTime from, LocalDateTime to) {
    this.before = before;
    this.from = from;
    this.to = to;
  }

  /** Where rows of a fact are found. */
  interface Tables {
    /** A relation of the rows with {@code moment}, dimensions and measures. */
    String rows(String fact, LocalDateTime from, LocalDateTime to);

    /**
     * The same of who bought and sold: {@code category}, {@code region}, {@code buyer}, {@code
     * seller}.
     */
    String deals(LocalDateTime from, LocalDateTime to);
  }

  List<String> ours(Reading reading) {
    Summary summary = Summary.read(reading, from, to);
    List<String> lines = new ArrayList<>();
    lines(lines, "total", summary.totals());
    lines(lines, "before", reading.answer(Question.total(Metric.all(), before, from)).getFirst());
    summary
        .breakdowns()
        .forEach(
            (dimension, rows) ->
                rows.forEach(
                    row ->
                        lines(
                            lines, scope(dimension.wireName(), row.group().get(dimension)), row)));
    return lines;
  }

  private static void lines(List<String> lines, String scope, Row row) {
    for (Metric metric : Metric.all()) {
      if (row.values().containsKey(metric)) {
        line(lines, scope, metric, row.value(metric));
      }
    }
  }

  private static void line(
      List<String> lines, String scope, Metric metric, @Nullable BigDecimal value) {
    if (value != null && value.signum() != 0) {
      lines.add(scope + "|" + metric.wireName() + "|" + value.stripTrailingZeros().toPlainString());
    }
  }

  private static String scope(String dimension, @Nullable String value) {
    return dimension + "=" + value;
  }

  /** The same lines by SQL. */
  List<String> ask(Connection connection, Tables tables) {
    Map<String, Map<String, Long>> sums = new LinkedHashMap<>();
    MARKET.forEach((fact, measures) -> sum(connection, tables, fact, "category", measures, sums));
    PEOPLE.forEach((fact, measures) -> people(connection, tables, fact, measures, sums));
    STOCK.forEach((fact, measure) -> stock(connection, tables, fact, measure, sums));
    activeUsers(connection, tables, sums);
    List<String> lines = new ArrayList<>();
    sums.forEach(
        (scope, found) -> {
          found.put(
              "offered", found.getOrDefault("begin", 0L) + found.getOrDefault("new_listings", 0L));
          found.put("active_listings", found.getOrDefault("end", 0L));
          for (Metric metric : having(scope)) {
            BigDecimal value = value(metric, found);
            if (!isSuppressed(metric, scope, value, found)) {
              line(lines, scope, metric, value);
            }
          }
        });
    return lines;
  }

  private static List<Metric> having(String scope) {
    for (Dimension dimension : Dimension.values()) {
      if (scope.startsWith(dimension.wireName() + "=")) {
        return List.copyOf(Metric.having(dimension));
      }
    }
    return List.copyOf(Metric.all());
  }

  private static boolean isSuppressed(
      Metric metric, String scope, @Nullable BigDecimal value, Map<String, Long> found) {
    if (!scope.contains("=")) {
      return false;
    }
    if (metric == Metric.VERIFICATION_RATE) {
      return found.getOrDefault("new_users", 0L) < 5;
    }
    return metric.unit() == Metric.Unit.PEOPLE
        && value != null
        && value.compareTo(BigDecimal.valueOf(5)) < 0;
  }

  private static @Nullable BigDecimal value(Metric metric, Map<String, Long> found) {
    List<String> rate = RATES.get(metric.wireName());
    if (rate != null) {
      long whole = found.getOrDefault(rate.get(1), 0L);
      return whole == 0
          ? null
          : BigDecimal.valueOf(found.getOrDefault(rate.get(0), 0L))
              .divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_UP);
    }
    long sum =
        metric == Metric.NET_REVENUE
            ? found.getOrDefault("platform_revenue", 0L) - found.getOrDefault("processor_fees", 0L)
            : found.getOrDefault(metric.wireName(), 0L);
    return metric.unit() == Metric.Unit.ETB ? BigDecimal.valueOf(sum, 2) : BigDecimal.valueOf(sum);
  }

  private void sum(
      Connection connection,
      Tables tables,
      String fact,
      String other,
      List<String> measures,
      Map<String, Map<String, Long>> sums) {
    String columns = String.join(", ", measures.stream().map(m -> "sum(" + m + ")").toList());
    String sql =
        "SELECT CAST(%1$s AS text), CAST(region AS text), 'total', %2$s FROM %3$s GROUP BY GROUPING SETS ((), (%1$s), (region))"
                .formatted(other, columns, tables.rows(fact, from, to))
            + " UNION ALL SELECT NULL, NULL, 'before', %s FROM %s"
                .formatted(columns, tables.rows(fact, before, from));
    collect(connection, sql, other, measures, sums);
  }

  private void people(
      Connection connection,
      Tables tables,
      String fact,
      List<String> measures,
      Map<String, Map<String, Long>> sums) {
    Map<String, Map<String, Long>> found = new LinkedHashMap<>();
    sum(connection, tables, fact, "user_type", measures, found);
    Map<String, Long> both = found.remove("user_type=both");
    found.forEach((scope, values) -> add(sums, scope, values));
    if (both != null) {
      add(sums, "user_type=buyer", both);
      add(sums, "user_type=seller", both);
    }
  }

  private void stock(
      Connection connection,
      Tables tables,
      String fact,
      String measure,
      Map<String, Map<String, Long>> sums) {
    String until = "sum(" + measure + ") FILTER (WHERE moment < TIMESTAMP '%s')";
    String rows = tables.rows(fact, LocalDateTime.of(1900, 1, 1, 0, 0), to);
    String sql =
        "SELECT CAST(category AS text), CAST(region AS text), 'total', %s, sum(%s) FROM %s GROUP BY GROUPING SETS ((), (category), (region))"
                .formatted(until.formatted(from), measure, rows)
            + " UNION ALL SELECT NULL, NULL, 'before', %s, %s FROM %s"
                .formatted(until.formatted(before), until.formatted(from), rows);
    collect(connection, sql, "category", List.of("begin", "end"), sums);
  }

  private void activeUsers(
      Connection connection, Tables tables, Map<String, Map<String, Long>> sums) {
    String both =
        "(SELECT category, region, 'buyer' AS side, buyer AS u FROM %1$s UNION ALL SELECT category, region, 'seller', seller FROM %1$s) b";
    String sql =
        "SELECT CAST(category AS text), CAST(region AS text), coalesce('user_type=' || side, 'total'), count(DISTINCT u) FROM %s GROUP BY GROUPING SETS ((), (category), (region), (side))"
                .formatted(both.formatted(tables.deals(from, to)))
            + " UNION ALL SELECT NULL, NULL, 'before', count(DISTINCT u) FROM "
            + both.formatted(tables.deals(before, from));
    collect(connection, sql, "category", List.of("active_users"), sums);
  }

  private static void collect(
      Connection connection,
      String sql,
      String other,
      List<String> measures,
      Map<String, Map<String, Long>> sums) {
    for (List<String> row : SqlLines.rows(connection, sql)) {
      String scope =
          row.get(0) != null
              ? scope(other, row.get(0))
              : row.get(1) != null ? scope("region", row.get(1)) : row.get(2);
      Map<String, Long> values = new TreeMap<>();
      for (int i = 0; i < measures.size(); i++) {
        String value = row.get(3 + i);
        values.put(measures.get(i), value == null ? 0 : new BigDecimal(value).longValueExact());
      }
      add(sums, scope, values);
    }
  }

  private static void add(
      Map<String, Map<String, Long>> sums, String scope, Map<String, Long> values) {
    Map<String, Long> found = sums.computeIfAbsent(scope, s -> new TreeMap<>());
    values.forEach((measure, value) -> found.merge(measure, value, Long::sum));
  }
}

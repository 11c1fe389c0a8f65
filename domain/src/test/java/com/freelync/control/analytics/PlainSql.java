package com.freelync.control.analytics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The formulas of the specification as plain SQL over the marketplace's own tables, written anew
 * from the text: what every answer must equal. It shares nothing with the code that it judges.
 */
final class PlainSql {
  private static final String ZONE = "Africa/Addis_Ababa";
  private static final String LISTING =
      "coalesce(l.category, 'unknown')|coalesce(l.region, 'unknown')";

  private final Handle handle;
  private final Question question;
  private final LocalDateTime now;

  PlainSql(Handle handle, Question question, LocalDateTime now) {
    this.handle = handle;
    this.question = question;
    this.now = now;
  }

  /** Values by period and groups, as texts; of parts in which something is not zero. */
  Map<String, Map<Metric, @Nullable BigDecimal>> answer() {
    Map<String, Map<Metric, @Nullable BigDecimal>> answer = new TreeMap<>();

    for (Metric metric : question.metrics()) {
      Map<String, @Nullable BigDecimal> values = values(metric);
      values.forEach(
          (key, value) -> answer.computeIfAbsent(key, k -> new HashMap<>()).put(metric, value));
    }
    boolean isOne = question.grain() == null && question.groupBy().isEmpty();
    if (isOne) {
      answer.computeIfAbsent("null", k -> new HashMap<>());
    }
    answer
        .entrySet()
        .removeIf(
            entry ->
                !isOne
                    && entry.getValue().values().stream()
                        .allMatch(value -> value == null || value.signum() == 0));
    answer
        .values()
        .forEach(
            row -> {
              for (Metric metric : question.metrics()) {
                if (row.get(metric) == null && metric.unit() != Metric.Unit.RATE) {
                  row.put(metric, BigDecimal.ZERO);
                }
              }
            });
    if (!question.groupBy().isEmpty() || !question.filters().isEmpty()) {
      suppress(answer);
    }
    return answer;
  }

  private void suppress(Map<String, Map<Metric, @Nullable BigDecimal>> answer) {
    Map<String, @Nullable BigDecimal> registered =
        question.metrics().contains(Metric.VERIFICATION_RATE) ? values(Metric.NEW_USERS) : Map.of();
    answer.forEach(
        (key, row) -> {
          row.replaceAll(
              (metric, value) -> {
                BigDecimal people =
                    metric == Metric.VERIFICATION_RATE ? registered.get(key) : value;
                boolean isOfPeople =
                    metric == Metric.VERIFICATION_RATE || metric.unit() == Metric.Unit.PEOPLE;
                return isOfPeople
                        && people != null
                        && people.signum() > 0
                        && people.compareTo(BigDecimal.valueOf(5)) < 0
                    ? null
                    : value;
              });
        });
  }

  private Map<String, @Nullable BigDecimal> values(Metric metric) {
    String t = "marketplace.transactions t JOIN marketplace.listings l ON l.id = t.listing_id";
    return switch (metric) {
      case GROSS_VOLUME -> sum("sum(t.amount - t.refunded_amount)", t, "t.completed_at", LISTING);
      case TRANSACTION_COUNT ->
          sum("count(*) FILTER (WHERE t.refunded_amount < t.amount)", t, "t.completed_at", LISTING);
      case PLATFORM_REVENUE ->
          sum("sum(t.platform_fee - t.refunded_platform_fee)", t, "t.completed_at", LISTING);
      case COMMISSION_EARNED ->
          sum("sum(t.commission_fee - t.refunded_commission_fee)", t, "t.completed_at", LISTING);
      case PROCESSOR_FEES -> sum("sum(t.processor_fee)", t, "t.completed_at", LISTING);
      case NET_REVENUE ->
          sum(
              "sum(t.platform_fee - t.refunded_platform_fee - t.processor_fee)",
              t,
              "t.completed_at",
              LISTING);
      case PAYOUT_VOLUME -> payouts("sum(p.amount)");
      case PAYOUT_COUNT -> payouts("count(*)");
      case NEW_USERS -> users("count(*)", "u.registered_at");
      case VERIFIED_USERS -> users("count(*)", "u.verified_at");
      case VERIFICATION_RATE ->
          users("round(avg((u.verified_at IS NOT NULL)::int), 4)", "u.registered_at");
      case NEW_LISTINGS -> sum("count(*)", "marketplace.listings l", "l.listed_at", LISTING);
      case SOLD_LISTINGS -> sum("count(*)", "marketplace.listings l", "l.sold_at", LISTING);
      case ACTIVE_LISTINGS -> stock(false);
      case LISTING_CONVERSION_RATE -> conversion();
      case INQUIRY_CONVERSION_RATE ->
          sum(
              "round(count(t.completed_at)::numeric / nullif(count(*), 0), 4)",
              "marketplace.inquiries i JOIN marketplace.listings l ON l.id = i.listing_id"
                  + " LEFT JOIN marketplace.transactions t ON t.id = i.transaction_id",
              "i.asked_at",
              LISTING);
      case DISPUTE_RATE ->
          sum(
              "round(count(*) FILTER (WHERE EXISTS (SELECT FROM marketplace.disputes d WHERE d.transaction_id = t.id))::numeric"
                  + " / nullif(count(*) FILTER (WHERE t.refunded_amount < t.amount), 0), 4)",
              t,
              "t.completed_at",
              LISTING);
      case PAYMENT_FAILURE_RATE ->
          sum(
              "round(count(*) FILTER (WHERE a.status = 'FAILED')::numeric / nullif(count(*), 0), 4)",
              "marketplace.payment_attempts a JOIN marketplace.transactions t ON t.id = a.transaction_id"
                  + " JOIN marketplace.listings l ON l.id = t.listing_id",
              "a.attempted_at",
              LISTING);
      case ACTIVE_USERS ->
          sum(
              "count(DISTINCT x.user_id)",
              "(SELECT completed_at, listing_id, buyer_id AS user_id, 'buyer' AS type FROM marketplace.transactions"
                  + " UNION ALL SELECT completed_at, listing_id, seller_id, 'seller' FROM marketplace.transactions) x"
                  + " JOIN marketplace.listings l ON l.id = x.listing_id",
              "x.completed_at",
              LISTING + "|x.type");
    };
  }

  private Map<String, @Nullable BigDecimal> payouts(String value) {
    return sum(
        value,
        "(SELECT * FROM marketplace.payouts WHERE status = 'DISBURSED') p"
            + " LEFT JOIN marketplace.transactions t ON t.id = p.transaction_id"
            + " LEFT JOIN marketplace.listings l ON l.id = t.listing_id",
        "p.disbursed_at",
        LISTING);
  }

  /** Who is both is two rows where types matter, else one. */
  private Map<String, @Nullable BigDecimal> users(String value, String at) {
    boolean isByType = question.groupBy().contains(Dimension.USER_TYPE);
    String from = "marketplace.users u";
    String type = "NULL";
    if (isByType) {
      from +=
          " CROSS JOIN LATERAL (SELECT 'buyer' WHERE u.is_buyer UNION ALL SELECT 'seller' WHERE u.is_seller) k (type)";
      type = "k.type";
    }
    String condition = "true";
    if (!isByType) {
      for (Filter filter : question.filters()) {
        if (filter.dimension() == Dimension.USER_TYPE) {
          boolean buyers = filter.values().contains("buyer") == filter.isEqual();
          boolean sellers = filter.values().contains("seller") == filter.isEqual();
          condition += " AND (" + buyers + " AND u.is_buyer OR " + sellers + " AND u.is_seller)";
        }
      }
    }
    return sum(value, from, at, "NULL|coalesce(u.region, 'unknown')|" + type, condition, !isByType);
  }

  private Map<String, @Nullable BigDecimal> sum(
      String value, String from, String at, String dimensions) {
    return sum(value, from, at, dimensions, "true", false);
  }

  private Map<String, @Nullable BigDecimal> sum(
      String value,
      String from,
      String at,
      String dimensions,
      String condition,
      boolean typesAreDone) {
    List<String> names = List.of(dimensions.split("\\|"));
    List<String> keys = new ArrayList<>();
    keys.add(
        question.grain() == null
            ? "'null'"
            : "date_trunc('"
                + question.grain().name().replace("LY", "").replace("DAI", "DAY").toLowerCase()
                + "', "
                + at
                + " AT TIME ZONE '"
                + ZONE
                + "')::text");
    question.groupBy().forEach(dimension -> keys.add(names.get(dimension.ordinal())));
    String where =
        at + " >= :from AND " + at + " < :to AND " + condition + filters(names, typesAreDone);
    String group =
        keys.stream().filter(key -> !key.startsWith("'")).collect(Collectors.joining(", "));
    Map<String, @Nullable BigDecimal> values = new TreeMap<>();
    handle
        .createQuery(
            "SELECT concat_ws('/', "
                + String.join(", ", keys)
                + ") AS key, "
                + value
                + " AS value FROM "
                + from
                + " WHERE "
                + where
                + (group.isEmpty() ? "" : " GROUP BY " + group))
        .bind("from", question.from().atZone(ZoneId.of(ZONE)).toOffsetDateTime())
        .bind("to", question.to().atZone(ZoneId.of(ZONE)).toOffsetDateTime())
        .map(
            (row, context) -> {
              values.put(row.getString("key"), row.getBigDecimal("value"));
              return true;
            })
        .forEach(row -> {});
    return values;
  }

  private String filters(List<String> names, boolean typesAreDone) {
    StringBuilder sql = new StringBuilder();
    for (Filter filter : question.filters()) {
      if (filter.dimension() != Dimension.USER_TYPE || !typesAreDone) {
        sql.append(" AND ")
            .append(names.get(filter.dimension().ordinal()))
            .append(filter.isEqual() ? " IN (" : " NOT IN (")
            .append(
                filter.values().stream()
                    .map(text -> "'" + text + "'")
                    .collect(Collectors.joining(", ")))
            .append(")");
      }
    }
    return sql.toString();
  }

  private Map<String, @Nullable BigDecimal> conversion() {
    Map<String, @Nullable BigDecimal> sold = values(Metric.SOLD_LISTINGS);
    Map<String, @Nullable BigDecimal> fresh = values(Metric.NEW_LISTINGS);
    Map<String, @Nullable BigDecimal> before = stock(true);
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(fresh.keySet());
    Map<String, @Nullable BigDecimal> rates = new TreeMap<>();
    for (String key : keys) {
      BigDecimal whole = or0(before.get(key)).add(or0(fresh.get(key)));
      if (whole.signum() != 0) {
        rates.put(key, or0(sold.get(key)).divide(whole, 4, RoundingMode.HALF_UP));
      }
    }
    return rates;
  }

  private static BigDecimal or0(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  /** Counts listings at each instant by itself. */
  private Map<String, @Nullable BigDecimal> stock(boolean atBegin) {
    Map<String, @Nullable BigDecimal> stock = new TreeMap<>();
    MetricPeriod grain = question.grain();
    LocalDateTime end = question.to().isBefore(now) ? question.to() : now;
    if (grain == null) {
      stockAt(atBegin ? question.from() : question.to(), "null", stock);
      return stock;
    }
    for (LocalDateTime start = grain.start(question.from());
        start.isBefore(end);
        start = grain.plus(start, 1)) {
      LocalDateTime next = grain.plus(start, 1);
      LocalDateTime at =
          atBegin
              ? (start.isBefore(question.from()) ? question.from() : start)
              : (next.isAfter(question.to()) ? question.to() : next);
      stockAt(at, start.toString().replace('T', ' ') + ":00", stock);
    }
    return stock;
  }

  private void stockAt(LocalDateTime at, String period, Map<String, @Nullable BigDecimal> stock) {
    List<String> names = List.of(LISTING.split("\\|"));
    List<String> groups =
        question.groupBy().stream().map(dimension -> names.get(dimension.ordinal())).toList();
    handle
        .createQuery(
            "SELECT concat_ws('/', :period"
                + groups.stream().map(group -> ", " + group).collect(Collectors.joining())
                + ") AS key, count(*) AS value FROM marketplace.listings l WHERE listed_at < :at"
                + " AND (sold_at IS NULL OR sold_at >= :at) AND (closed_at IS NULL OR closed_at >= :at)"
                + filters(names, false)
                + (groups.isEmpty() ? "" : " GROUP BY " + String.join(", ", groups)))
        .bind("period", period)
        .bind("at", at.atZone(ZoneId.of(ZONE)).toOffsetDateTime())
        .map(
            (row, context) -> {
              stock.put(row.getString("key"), row.getBigDecimal("value"));
              return true;
            })
        .forEach(row -> {});
  }
}

package com.freelync.control.analytics;

import com.freelync.control.analytics.Formula.Difference;
import com.freelync.control.analytics.Formula.Distinct;
import com.freelync.control.analytics.Formula.Ratio;
import com.freelync.control.analytics.Formula.SoldShare;
import com.freelync.control.analytics.Formula.Stock;
import com.freelync.control.analytics.Formula.Sum;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every metric, defined once: what it means, its unit, its formula and where it is read from. */
public enum Metric {
  PLATFORM_REVENUE(
      MetricType.REVENUE,
      Unit.ETB,
      "completed_at",
      "FreeLync's fees of completed transactions, less what was refunded of them.",
      new Sum(Measure.PLATFORM_REVENUE)),
  PROCESSOR_FEES(
      MetricType.REVENUE,
      Unit.ETB,
      "completed_at",
      "What the payment processors took of completed transactions; never refunded.",
      new Sum(Measure.PROCESSOR_FEES)),
  NET_REVENUE(
      MetricType.REVENUE,
      Unit.ETB,
      "completed_at",
      "platform_revenue - processor_fees.",
      new Difference(Measure.PLATFORM_REVENUE, Measure.PROCESSOR_FEES)),
  GROSS_VOLUME(
      MetricType.TRANSACTIONS,
      Unit.ETB,
      "completed_at",
      "What buyers paid in completed transactions, less what was refunded.",
      new Sum(Measure.GROSS_VOLUME)),
  TRANSACTION_COUNT(
      MetricType.TRANSACTIONS,
      Unit.COUNT,
      "completed_at",
      "Completed transactions that were not wholly refunded.",
      new Sum(Measure.TRANSACTION_COUNT)),
  COMMISSION_EARNED(
      MetricType.COMMISSION,
      Unit.ETB,
      "completed_at",
      "The commission part of FreeLync's fees, less what was refunded of it.",
      new Sum(Measure.COMMISSION_EARNED)),
  PAYOUT_VOLUME(
      MetricType.PAYOUTS,
      Unit.ETB,
      "disbursed_at",
      "Payouts that were disbursed and not taken back.",
      new Sum(Measure.PAYOUT_VOLUME)),
  PAYOUT_COUNT(
      MetricType.PAYOUTS,
      Unit.COUNT,
      "disbursed_at",
      "How many payouts were disbursed and not taken back.",
      new Sum(Measure.PAYOUT_COUNT)),
  NEW_USERS(
      MetricType.USERS,
      Unit.PEOPLE,
      "registered_at",
      "Users who registered.",
      new Sum(Measure.NEW_USERS)),
  VERIFIED_USERS(
      MetricType.USERS,
      Unit.PEOPLE,
      "verified_at",
      "Users whose papers were checked.",
      new Sum(Measure.VERIFIED_USERS)),
  ACTIVE_USERS(
      MetricType.USERS,
      Unit.PEOPLE,
      "completed_at",
      "Different buyers and sellers of completed transactions, each once.",
      new Distinct()),
  NEW_LISTINGS(
      MetricType.LISTINGS,
      Unit.COUNT,
      "listed_at",
      "Listings that came on offer.",
      new Sum(Measure.NEW_LISTINGS)),
  SOLD_LISTINGS(
      MetricType.LISTINGS,
      Unit.COUNT,
      "sold_at",
      "Listings that were sold.",
      new Sum(Measure.SOLD_LISTINGS)),
  ACTIVE_LISTINGS(
      MetricType.LISTINGS,
      Unit.COUNT,
      "listed_at, sold_at, closed_at",
      "A stock: listings on offer at the end of the period.",
      new Stock()),
  LISTING_CONVERSION_RATE(
      MetricType.CONVERSION,
      Unit.RATE,
      "sold_at",
      "sold_listings / (listings on offer at the begin of the period + new_listings).",
      new SoldShare()),
  INQUIRY_CONVERSION_RATE(
      MetricType.CONVERSION,
      Unit.RATE,
      "asked_at",
      "Inquiries of the period that led to a completed transaction / inquiries of the period.",
      new Ratio(Measure.CONVERTED_INQUIRIES, Measure.INQUIRIES)),
  DISPUTE_RATE(
      MetricType.DISPUTES,
      Unit.RATE,
      "completed_at",
      "Transactions of the period that are disputed / transaction_count.",
      new Ratio(Measure.DISPUTED_TRANSACTIONS, Measure.TRANSACTION_COUNT)),
  VERIFICATION_RATE(
      MetricType.VERIFICATION,
      Unit.RATE,
      "registered_at",
      "Users who registered in the period and are verified by now / new_users.",
      new Ratio(Measure.REGISTERED_AND_VERIFIED, Measure.NEW_USERS)),
  PAYMENT_FAILURE_RATE(
      MetricType.TRANSACTIONS,
      Unit.RATE,
      "attempted_at",
      "Failed payment attempts / payment attempts.",
      new Ratio(Measure.FAILED_PAYMENT_ATTEMPTS, Measure.PAYMENT_ATTEMPTS));

  /** What a value is counted in. */
  public enum Unit {
    /** Money, exact to the santim. */
    ETB,
    /** Things. */
    COUNT,
    /** People: small groups of them are not shown. */
    PEOPLE,
    /** A fraction with four decimals. */
    RATE
  }

  private final MetricType type;
  private final Unit unit;
  private final String timeStamp;
  private final String meaning;
  private final Formula formula;

  Metric(MetricType type, Unit unit, String timeStamp, String meaning, Formula formula) {
    this.type = type;
    this.unit = unit;
    this.timeStamp = timeStamp;
    this.meaning = meaning;
    this.formula = formula;
  }

  /** Its name at the interface. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its family. */
  public MetricType type() {
    return type;
  }

  /** What it is counted in. */
  public Unit unit() {
    return unit;
  }

  /** The time stamp of the source that puts a row into a period. */
  public String timeStamp() {
    return timeStamp;
  }

  /** What it means, in a sentence. */
  public String meaning() {
    return meaning;
  }

  /** What it can be broken down by. */
  public List<Dimension> dimensions() {
    return formula.cube().dimensions();
  }

  /** The tables of the source that it is computed from. */
  public String source() {
    return formula instanceof Distinct
        ? "activity"
        : String.join(
            ", ", formula.measures().stream().map(Measure::fact).distinct().sorted().toList());
  }

  /** Its value where nothing happened; null for a rate. */
  @Nullable BigDecimal nothing() {
    return switch (unit) {
      case RATE -> null;
      case ETB -> BigDecimal.ZERO.setScale(2);
      case COUNT, PEOPLE -> BigDecimal.ZERO;
    };
  }

  /** Every metric. */
  public static Set<Metric> all() {
    return EnumSet.allOf(Metric.class);
  }

  /** The metrics that can be broken down by this. */
  public static Set<Metric> having(Dimension dimension) {
    Set<Metric> having = all();
    having.removeIf(metric -> !metric.dimensions().contains(dimension));
    return having;
  }

  Formula formula() {
    return formula;
  }

  /** Every name. */
  public static List<String> names() {
    return Stream.of(values()).map(Metric::wireName).toList();
  }

  /** The metric of this name. */
  public static Optional<Metric> named(String name) {
    return Arrays.stream(values()).filter(known -> known.wireName().equals(name)).findFirst();
  }
}

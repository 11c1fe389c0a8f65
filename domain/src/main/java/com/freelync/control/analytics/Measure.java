package com.freelync.control.analytics;

import java.util.Locale;

/**
 * What adds up: a column of a cube. Which rows of the source it counts, and how, stands in the
 * database, in {@code control.analytics_fact}.
 */
enum Measure {
  GROSS_VOLUME(Cube.MARKET, "transaction"),
  TRANSACTION_COUNT(Cube.MARKET, "transaction"),
  PLATFORM_REVENUE(Cube.MARKET, "transaction"),
  COMMISSION_EARNED(Cube.MARKET, "transaction"),
  PROCESSOR_FEES(Cube.MARKET, "transaction"),
  DISPUTED_TRANSACTIONS(Cube.MARKET, "dispute"),
  PAYOUT_VOLUME(Cube.MARKET, "payout"),
  PAYOUT_COUNT(Cube.MARKET, "payout"),
  NEW_LISTINGS(Cube.MARKET, "listed"),
  SOLD_LISTINGS(Cube.MARKET, "sold"),
  CLOSED_LISTINGS(Cube.MARKET, "closed"),
  INQUIRIES(Cube.MARKET, "inquiry"),
  CONVERTED_INQUIRIES(Cube.MARKET, "inquiry"),
  PAYMENT_ATTEMPTS(Cube.MARKET, "attempt"),
  FAILED_PAYMENT_ATTEMPTS(Cube.MARKET, "attempt"),
  NEW_USERS(Cube.PEOPLE, "registered"),
  REGISTERED_AND_VERIFIED(Cube.PEOPLE, "registered"),
  VERIFIED_USERS(Cube.PEOPLE, "verified");

  private final Cube cube;
  private final String fact;

  Measure(Cube cube, String fact) {
    this.cube = cube;
    this.fact = fact;
  }

  Cube cube() {
    return cube;
  }

  /** The fact of the source that it is computed from. */
  String fact() {
    return fact;
  }

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What counts its cases: itself, but for money. */
  Measure cases() {
    return switch (this) {
      case GROSS_VOLUME, PLATFORM_REVENUE, COMMISSION_EARNED, PROCESSOR_FEES -> TRANSACTION_COUNT;
      case PAYOUT_VOLUME -> PAYOUT_COUNT;
      default -> this;
    };
  }
}

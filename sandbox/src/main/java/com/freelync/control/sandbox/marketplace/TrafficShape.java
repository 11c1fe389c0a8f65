package com.freelync.control.sandbox.marketplace;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much the simulated people do, and how well it goes.
 *
 * @param eventsPerSecond payouts asked for, each with one event; 0 is off
 * @param disputeRate share of transactions that are disputed
 * @param paymentFailureRate share of payment attempts that fail
 * @param conversionRate share of inquiries that lead to a transaction
 */
record TrafficShape(
    BigDecimal eventsPerSecond,
    BigDecimal disputeRate,
    BigDecimal paymentFailureRate,
    BigDecimal conversionRate) {

  static final TrafficShape OFF =
      new TrafficShape(
          BigDecimal.ZERO, new BigDecimal("0.02"), new BigDecimal("0.05"), new BigDecimal("0.1"));

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("events_per_second", eventsPerSecond);
    document.put("dispute_rate", disputeRate);
    document.put("payment_failure_rate", paymentFailureRate);
    document.put("conversion_rate", conversionRate);
    return document;
  }
}

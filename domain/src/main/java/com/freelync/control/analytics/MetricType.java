package com.freelync.control.analytics;

/** The families of metrics. */
public enum MetricType {
  REVENUE,
  TRANSACTIONS,
  USERS,
  LISTINGS,
  PAYOUTS,
  COMMISSION,
  DISPUTES,
  VERIFICATION,
  CONVERSION
}

package com.freelync.control.sandbox.gateway;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway answered under one key, for ever.
 *
 * @param amount ETB
 * @param status PAID or REFUSED
 * @param reason why it was refused; null when it was paid
 */
record Disbursement(
    String id,
    String idempotencyKey,
    String payoutId,
    BigDecimal amount,
    String currency,
    String recipient,
    String status,
    @Nullable String reason,
    Instant createdAt) {

  static Disbursement of(ResultSet row) throws SQLException {
    return new Disbursement(
        row.getString("id"),
        row.getString("idempotency_key"),
        row.getString("payout_id"),
        row.getBigDecimal("amount"),
        row.getString("currency"),
        row.getString("recipient"),
        row.getString("status"),
        row.getString("reason"),
        row.getTimestamp("created_at").toInstant());
  }

  boolean isPaid() {
    return status.equals("PAID");
  }

  boolean asksTheSameAs(Disbursement other) {
    return payoutId.equals(other.payoutId)
        && amount.compareTo(other.amount) == 0
        && currency.equals(other.currency)
        && recipient.equals(other.recipient);
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", id);
    document.put("idempotency_key", idempotencyKey);
    document.put("payout_id", payoutId);
    document.put("amount", amount.setScale(2));
    document.put("currency", currency);
    document.put("status", status);
    if (reason != null) {
      document.put("reason", reason);
    }
    document.put("created_at", createdAt.toString());
    return document;
  }
}

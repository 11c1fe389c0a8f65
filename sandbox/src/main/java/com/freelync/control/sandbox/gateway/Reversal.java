package com.freelync.control.sandbox.gateway;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway answered to a reversal under one key, for ever.
 *
 * @param disbursement the id of what is taken back
 * @param amount ETB
 * @param status REVERSED or REFUSED
 * @param reason why it was refused; null when it was taken back
 */
record Reversal(
    String id,
    String idempotencyKey,
    String disbursement,
    String payoutId,
    BigDecimal amount,
    String status,
    @Nullable String reason,
    Instant createdAt) {

  static Reversal of(ResultSet row) throws SQLException {
    return new Reversal(
        row.getString("id"),
        row.getString("idempotency_key"),
        row.getString("disbursement"),
        row.getString("payout_id"),
        row.getBigDecimal("amount"),
        row.getString("status"),
        row.getString("reason"),
        row.getTimestamp("created_at").toInstant());
  }

  boolean isDone() {
    return status.equals("REVERSED");
  }

  boolean asksTheSameAs(Reversal other) {
    return disbursement.equals(other.disbursement) && amount.compareTo(other.amount) == 0;
  }

  Reversal refused(String why) {
    return new Reversal(
        id, idempotencyKey, disbursement, payoutId, amount, "REFUSED", why, createdAt);
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", id);
    document.put("idempotency_key", idempotencyKey);
    document.put("disbursement", disbursement);
    document.put("payout_id", payoutId);
    document.put("amount", amount.setScale(2));
    document.put("currency", "ETB");
    document.put("status", status);
    if (reason != null) {
      document.put("reason", reason);
    }
    document.put("created_at", createdAt.toString());
    return document;
  }
}

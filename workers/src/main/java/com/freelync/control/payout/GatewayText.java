package com.freelync.control.payout;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.payout.Gateway.GatewayUnavailable;
import com.freelync.control.text.Excerpt;
import java.math.BigDecimal;

/** What a gateway writes, as far as it can be believed and kept. */
final class GatewayText {
  private static final int LONGEST_REFERENCE = 200;
  private static final int LONGEST_REASON = 1_000;

  private GatewayText() {}

  static String text(JsonNode document, String field) {
    JsonNode value = document.path(field);
    return value.isNull() ? "" : value.asText();
  }

  /** Without a name that it can be found by, a payment is not known to have been made. */
  static String reference(String id) {
    if (id.isBlank() || id.length() > LONGEST_REFERENCE || !id.equals(printable(id))) {
      throw new GatewayUnavailable("its answer names no disbursement");
    }
    return id;
  }

  static String reason(String given) {
    String reason = printable(given).strip();
    return reason.isEmpty() ? "no reason given" : Excerpt.of(reason, LONGEST_REASON);
  }

  /** Whether a field is exactly this amount of ETB. */
  static boolean isAmount(JsonNode document, String field, long santim) {
    return document.path(field).isNumber()
        && new BigDecimal(document.path(field).asText()).compareTo(Santim.toEtb(santim)) == 0;
  }

  /** No control characters and no halves of characters: PostgreSQL refuses some, people all. */
  static String printable(String text) {
    return text.codePoints()
        .filter(point -> !Character.isISOControl(point))
        .filter(point -> Character.getType(point) != Character.SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}

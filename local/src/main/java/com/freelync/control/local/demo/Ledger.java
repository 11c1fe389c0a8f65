package com.freelync.control.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The bookings in a payout's answer: debit positive, credit negative, in ETB. */
final class Ledger {
  private Ledger() {}

  record Line(String account, BigDecimal amount) {}

  static List<Line> lines(JsonNode payout) {
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : payout.path("ledger")) {
      lines.add(new Line(line.path("account").asText(), line.path("amount").decimalValue()));
    }
    return lines;
  }

  static boolean isBalanced(List<Line> lines) {
    return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add).signum() == 0;
  }
}

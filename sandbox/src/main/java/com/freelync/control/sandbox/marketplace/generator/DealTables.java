package com.freelync.control.sandbox.marketplace.generator;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Writes transactions, the attempts to pay them, and disputes about them. */
final class DealTables {
  private static final List<String> METHODS =
      List.of("telebirr", "telebirr", "telebirr", "cbe_birr", "cbe_birr", "bank_transfer", "card");
  private static final List<String> FAILURES =
      List.of("insufficient_funds", "insufficient_funds", "declined", "timeout");
  private static final List<String> REASONS =
      List.of(
          "not_as_described",
          "not_as_described",
          "not_delivered",
          "double_charged",
          "fraud_suspected");

  private DealTables() {}

  static void transactions(World world, Rows rows) throws SQLException, IOException {
    for (long number = 0; number < world.transactions; number++) {
      Deal deal = Deal.of(world, number);
      rows.id(deal.id())
          .id(deal.listing().id())
          .id(User.id(world, deal.buyer()))
          .id(User.id(world, deal.listing().seller()))
          .text(deal.kind())
          .text(deal.status())
          .money(deal.amount())
          .money(deal.platformFee())
          .money(deal.commission())
          .money(deal.processorFee())
          .money(deal.refunded())
          .money(deal.refundedPlatformFee())
          .money(deal.refundedCommission())
          .instant(deal.createdAt())
          .instant(deal.completedAt())
          .instant(deal.refundedAt())
          .instant(Math.max(deal.createdAt(), Math.max(deal.completedAt(), deal.refundedAt())))
          .end();
    }
  }

  static void paymentAttempts(World world, Rows rows) throws SQLException, IOException {
    for (long number = 0; number < world.transactions; number++) {
      Deal deal = Deal.of(world, number);
      Draw draw = world.draw(World.ATTEMPT, number);
      int failures = deal.status().equals("FAILED") ? 1 : 0;
      while (failures < 3 && draw.chance(0.07)) {
        failures++;
      }
      String method = draw.oneOf(METHODS);
      for (int i = 0; i < failures; i++) {
        long at = Math.min(deal.createdAt() + draw.below(50_000), world.end() - 1);
        attempt(rows, draw, deal, at, method, draw.oneOf(FAILURES));
      }
      if (deal.isCompleted()) {
        attempt(rows, draw, deal, deal.completedAt(), method, "");
      }
    }
  }

  private static void attempt(
      Rows rows, Draw draw, Deal deal, long at, String method, String failure)
      throws SQLException, IOException {
    rows.id(draw.id(at))
        .id(deal.id())
        .instant(at)
        .text(failure.isEmpty() ? "SUCCEEDED" : "FAILED")
        .text(method)
        .text(failure)
        .money(deal.amount())
        .end();
  }

  static void disputes(World world, Rows rows) throws SQLException, IOException {
    for (long number = 0; number < world.transactions; number++) {
      Draw draw = world.draw(World.DISPUTE, number);
      double unit = draw.unit();
      if (unit >= 0.5) {
        continue;
      }
      Deal deal = Deal.of(world, number);
      boolean refunded = deal.refunded() > 0;
      if (!deal.isCompleted() || (!refunded && unit >= 0.01)) {
        continue;
      }
      long latest = refunded ? deal.refundedAt() : deal.completedAt() + 20 * BusinessCalendar.DAY;
      long opened = deal.completedAt() + draw.below(latest - deal.completedAt());
      long resolved = refunded ? latest : opened + draw.between(1, 15) * BusinessCalendar.DAY;
      if (opened >= world.end()) {
        continue;
      }
      boolean open = resolved >= world.end();
      rows.id(draw.id(opened))
          .id(deal.id())
          .id(User.id(world, deal.buyer()))
          .text(draw.oneOf(REASONS))
          .text(open ? "OPEN" : refunded ? "RESOLVED_FOR_BUYER" : "RESOLVED_FOR_SELLER")
          .instant(opened)
          .instant(open ? 0 : resolved)
          .end();
    }
  }
}

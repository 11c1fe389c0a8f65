package com.freelync.control.sandbox.marketplace.generator;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Writes payouts as people decided them, on what they knew of the seller then. */
final class PayoutTable {
  private static final long HOUR = BusinessCalendar.HOUR;
  private static final List<String> DECIDERS = List.of("cfo", "cfo", "cfo", "founder", "ceo");

  private PayoutTable() {}

  static void payouts(World world, Rows rows) throws SQLException, IOException {
    for (long number = 0; number < world.transactions; number++) {
      Draw draw = world.draw(World.PAYOUT, number);
      if (!draw.chance(0.75)) {
        continue;
      }
      Deal deal = Deal.of(world, number);
      long requested = deal.completedAt() + draw.between(HOUR, 72 * HOUR);
      boolean worthwhile = deal.isCompleted() && deal.refunded() == 0;
      if (worthwhile && requested < world.end()) {
        payout(world, rows, draw, deal, requested);
      }
    }
  }

  private static void payout(World world, Rows rows, Draw draw, Deal deal, long requested)
      throws SQLException, IOException {
    User seller = User.of(world, deal.listing().seller());
    long decided = requested + draw.between(HOUR / 4, 48 * HOUR);
    String refusal = refusal(draw, seller.at(decided), deal);
    double fate = draw.unit();
    long paid = decided + draw.between(60_000, HOUR);
    String status =
        decided >= world.end()
            ? "REQUESTED"
            : !refusal.isEmpty()
                ? "REJECTED"
                : paid >= world.end()
                    ? "APPROVED"
                    : fate < 0.004 ? "FAILED" : fate < 0.005 ? "REVERSED" : "DISBURSED";
    boolean open = status.equals("REQUESTED");
    boolean disbursed = status.equals("DISBURSED") || status.equals("REVERSED");
    boolean failed = status.equals("FAILED");
    java.util.UUID id = draw.id(requested);
    rows.id(id)
        .id(seller.id())
        .id(deal.id())
        .money(deal.amount() - deal.platformFee() - deal.processorFee())
        .text(status)
        .instant(requested)
        .instant(open ? 0 : decided)
        .text(open ? "" : draw.oneOf(DECIDERS))
        .text(status.equals("REJECTED") ? refusal : "")
        .instant(disbursed ? paid : 0)
        .text(disbursed ? "hist_" + Long.toHexString(id.getLeastSignificantBits()) : "")
        .instant(failed ? paid : 0)
        .text(failed ? "Account closed" : "")
        .instant(open ? requested : disbursed || failed ? paid : decided)
        .end();
  }

  /** Why people refused it, empty when they did not. People are not quite consistent. */
  private static String refusal(Draw draw, User.Facts known, Deal deal) {
    double unit = draw.unit();
    if (known.suspended()) {
      return unit < 0.97 ? "Seller is suspended" : "";
    }
    if (known.trust() < 40) {
      return unit < 0.5 ? "Trust too low" : "";
    }
    if (!known.verified()) {
      return unit < 0.3 ? "Seller is not verified" : "";
    }
    if (deal.amount() > 500_000_000) {
      return unit < 0.06 ? "Large amount without papers" : "";
    }
    return unit < 0.006 ? "Suspicious pattern" : "";
  }
}

package com.freelync.control.sandbox.marketplace.generator;

import java.io.IOException;
import java.sql.SQLException;

/** Writes listings and the inquiries about them. */
final class ListingTables {
  private static final long DAY = BusinessCalendar.DAY;

  private ListingTables() {}

  static void listings(World world, Rows rows) throws SQLException, IOException {
    for (long number = 0; number < world.listings; number++) {
      Listing listing = Listing.of(world, number);
      Draw draw = world.draw(World.LISTING + 100, number);
      long sale = world.saleOf(number);
      long soldAt = 0;
      long closedAt = listing.listedAt() + draw.between(30, 150) * DAY;
      if (sale >= 0) {
        Deal deal = Deal.of(world, sale);
        soldAt = deal.completedAt();
        closedAt = Math.max(closedAt, deal.createdAt() + 10 * DAY);
      }
      boolean closed = soldAt == 0 && closedAt < world.end() && !isAwaitingSale(world, number);
      String unsold = !closed ? "ACTIVE" : draw.chance(0.4) ? "WITHDRAWN" : "EXPIRED";
      rows.id(listing.id())
          .id(User.id(world, listing.seller()))
          .text(listing.category())
          .text(listing.region())
          .text(listing.title(draw))
          .money(listing.price())
          .text(soldAt > 0 ? "SOLD" : unsold)
          .instant(listing.listedAt())
          .instant(soldAt)
          .instant(closed ? closedAt : 0)
          .instant(soldAt > 0 ? soldAt : closed ? closedAt : listing.listedAt())
          .end();
    }
  }

  /** Its sale would come after the last day. */
  private static boolean isAwaitingSale(World world, long listing) {
    return listing < world.soldListings && world.saleOf(listing) < 0;
  }

  /**
   * Up to three for each transaction: perhaps the one that led to it, and some that led nowhere.
   */
  static void inquiries(World world, Rows rows) throws SQLException, IOException {
    for (long number = 0; number < world.transactions; number++) {
      Deal deal = Deal.of(world, number);
      Draw draw = world.draw(World.INQUIRY, number);
      if (draw.chance(0.7)) {
        long asked = between(deal, draw);
        rows.id(draw.id(asked))
            .id(deal.listing().id())
            .id(User.id(world, deal.buyer()))
            .instant(Math.max(asked, User.of(world, deal.buyer()).registeredAt()))
            .id(deal.id())
            .end();
      }
      long others = draw.below(3);
      for (long i = 0; i < others; i++) {
        long asked = between(deal, draw);
        long buyer =
            World.buyer(draw, world.usersBy(deal.listing().share()), deal.listing().seller());
        rows.id(draw.id(asked))
            .id(deal.listing().id())
            .id(User.id(world, buyer))
            .instant(asked)
            .none()
            .end();
      }
    }
  }

  private static long between(Deal deal, Draw draw) {
    return Math.max(deal.listing().listedAt(), deal.createdAt() - draw.below(4 * DAY));
  }
}

package com.freelync.control.sandbox.marketplace.generator;

import java.util.UUID;

/**
 * A generated transaction; amounts are santim, times epoch milliseconds with 0 for never.
 *
 * @param status PENDING, COMPLETED, FAILED or CANCELLED
 */
record Deal(
    long number,
    UUID id,
    Listing listing,
    long buyer,
    String kind,
    String status,
    long amount,
    long platformFee,
    long commission,
    long processorFee,
    long refunded,
    long refundedPlatformFee,
    long refundedCommission,
    long createdAt,
    long completedAt,
    long refundedAt) {
  private static final long MINUTE = 60_000L;

  static Deal of(World world, long number) {
    Draw draw = world.draw(World.TRANSACTION, number);
    double share = (number + draw.unit()) / world.transactions;
    long created = world.calendar.at(share);
    UUID id = draw.id(created);
    Listing listing = Listing.of(world, world.listingOf(number));
    long buyer = World.buyer(draw, world.usersBy(share), listing.seller());
    String kind = world.isSale(number) ? "SALE" : draw.chance(0.4) ? "DEPOSIT" : "RENT";
    long amount = amount(kind, listing, draw);
    double fate = draw.unit();
    long completed = created + draw.between(1, 90) * MINUTE + draw.below(MINUTE);
    String status =
        fate < 0.04
            ? "FAILED"
            : fate < 0.065 ? "CANCELLED" : completed < world.end() ? "COMPLETED" : "PENDING";
    boolean done = status.equals("COMPLETED");
    long commission = permille(amount, amount < 10_000_000 ? 50 : amount < 100_000_000 ? 30 : 20);
    long platform = commission + Math.min(permille(amount, 5), 50_000);
    long processor = Math.min(permille(amount, 15), 500_000);
    boolean refunds = draw.chance(0.025);
    long percent = draw.chance(0.6) ? 100 : draw.between(10, 90);
    long refundedAt = completed + draw.between(BusinessCalendar.HOUR, 30 * BusinessCalendar.DAY);
    long back = done && refunds && refundedAt < world.end() ? percent : 0;
    return new Deal(
        number,
        id,
        listing,
        buyer,
        kind,
        status,
        amount,
        platform,
        commission,
        processor,
        amount * back / 100,
        platform * back / 100,
        commission * back / 100,
        created,
        done ? completed : 0,
        back > 0 ? refundedAt : 0);
  }

  boolean isCompleted() {
    return completedAt > 0;
  }

  private static long amount(String kind, Listing listing, Draw draw) {
    double unit = draw.unit();
    return switch (kind) {
      case "SALE" -> listing.price() / 100 * draw.between(88, 100);
      case "DEPOSIT" -> 500_000 + (long) (9_500_000 * unit * unit) / 100 * 100;
      default -> 150_000 + (long) (2_850_000 * unit * unit * unit);
    };
  }

  /** So many thousandths, rounded half up to the santim. */
  private static long permille(long amount, long thousandths) {
    return (amount * thousandths + 500) / 1000;
  }
}

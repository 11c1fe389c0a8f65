package com.freelync.control.sandbox.marketplace.generator;

import java.util.UUID;

/**
 * A generated listing.
 *
 * @param share of all business done when it was listed
 * @param price santim
 */
record Listing(
    long number,
    UUID id,
    long seller,
    boolean property,
    String category,
    String region,
    long listedAt,
    double share,
    long price) {

  static Listing of(World world, long number) {
    Draw draw = world.draw(World.LISTING, number);
    double unit = draw.unit();
    double share =
        number < world.soldListings
            ? Math.max(0, 2 * (number - world.lag * unit) - 2) / world.transactions
            : (number - world.soldListings + unit) / (world.listings - world.soldListings);
    long listedAt = world.calendar.at(share);
    UUID id = draw.id(listedAt);
    long seller = World.seller(draw, world.usersBy(share));
    boolean property = draw.chance(0.58);
    String category = draw.chance(0.005) ? "" : property ? "property" : "vehicle";
    String region = draw.chance(0.01) ? "" : draw.oneOf(World.REGIONS);
    double size = draw.unit();
    double ratio = 1 + 14 * size * size * size;
    long price = (long) ((property ? 900_000 : 450_000) * ratio) / 1000 * 1000 * 100;
    return new Listing(number, id, seller, property, category, region, listedAt, share, price);
  }

  String title(Draw draw) {
    return property
        ? draw.between(1, 5)
            + "-bedroom "
            + draw.oneOf(java.util.List.of("apartment", "villa", "condominium"))
        : draw.between(1998, 2025)
            + " "
            + draw.oneOf(java.util.List.of("Toyota", "Suzuki", "Hyundai", "Isuzu", "Nissan"));
  }
}

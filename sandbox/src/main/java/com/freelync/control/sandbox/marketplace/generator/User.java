package com.freelync.control.sandbox.marketplace.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A generated user; {@code facts} holds what was known from when on, oldest first.
 *
 * @param registeredAt epoch milliseconds
 */
record User(long number, UUID id, long registeredAt, String region, List<Facts> facts) {
  private static final long DAY = BusinessCalendar.DAY;

  /**
   * What was known of a user from an instant on.
   *
   * @param trust tenths, 0 to 100
   */
  record Facts(long from, boolean verified, int trust, boolean suspended) {}

  static User of(World world, long number) {
    Draw draw = world.draw(World.USER, number);
    long registered = registered(world, number, draw);
    UUID id = draw.id(registered);
    String region = draw.chance(0.02) ? "" : draw.oneOf(World.REGIONS);
    return new User(number, id, registered, region, history(world, number, registered, draw));
  }

  /** The id alone, for rows that refer to the user. */
  static UUID id(World world, long number) {
    Draw draw = world.draw(World.USER, number);
    return draw.id(registered(world, number, draw));
  }

  private static long registered(World world, long number, Draw draw) {
    return number < world.founders
        ? world.calendar.start() - draw.between(1, 180) * DAY + draw.below(DAY)
        : world.calendar.at(
            (number - world.founders + draw.unit()) / (world.users - world.founders));
  }

  private static List<Facts> history(World world, long number, long registered, Draw draw) {
    boolean seller = World.isSeller(number);
    List<Facts> facts = new ArrayList<>(4);
    Facts last = new Facts(registered, false, 50, false);
    facts.add(last);
    boolean verifies = draw.chance(seller ? 0.72 : 0.4);
    long verifiedAt = registered + draw.between(HOUR_OF_PAPERS, 30 * DAY);
    if (verifies && verifiedAt < world.end()) {
      last = new Facts(verifiedAt, true, 60, false);
      facts.add(last);
    }
    long scoredAt = last.from() + draw.between(20 * DAY, 200 * DAY);
    int score = (int) (verifies ? draw.between(62, 100) : draw.between(10, 70));
    if (scoredAt < world.end()) {
      last = new Facts(scoredAt, last.verified(), score, false);
      facts.add(last);
    }
    long suspendedAt = last.from() + draw.between(10 * DAY, 400 * DAY);
    if (seller && draw.chance(0.02) && suspendedAt < world.end()) {
      facts.add(new Facts(suspendedAt, last.verified(), Math.min(last.trust(), 25), true));
    }
    return facts;
  }

  private static final long HOUR_OF_PAPERS = BusinessCalendar.HOUR;

  Facts now() {
    return facts.getLast();
  }

  Facts at(long instant) {
    Facts known = facts.getFirst();
    for (Facts each : facts) {
      if (each.from() <= instant) {
        known = each;
      }
    }
    return known;
  }

  /** When the user was verified, or 0. */
  long verifiedAt() {
    return facts.stream().filter(Facts::verified).mapToLong(Facts::from).findFirst().orElse(0);
  }
}

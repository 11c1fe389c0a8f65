package com.freelync.control.sandbox.marketplace.generator;

import java.util.List;

/**
 * The generated marketplace as functions of row numbers: how many rows there are, who belongs to
 * what, and when. Tables are written from these, each by itself.
 *
 * <p>Listing {@code j} gets a deposit or rent by transaction {@code 2j}; transaction {@code
 * 2(j+lag)+1} sells it, if there is one that late.
 */
final class World {
  static final List<String> REGIONS =
      List.of(
          "Addis Ababa",
          "Addis Ababa",
          "Addis Ababa",
          "Addis Ababa",
          "Addis Ababa",
          "Dire Dawa",
          "Adama",
          "Adama",
          "Hawassa",
          "Bahir Dar",
          "Mekelle",
          "Gondar",
          "Jimma");

  /** Streams of chance, one for each kind of question. */
  static final int USER = 1;

  static final int LISTING = 2;
  static final int TRANSACTION = 3;
  static final int PAYOUT = 4;
  static final int DISPUTE = 5;
  static final int ATTEMPT = 6;
  static final int INQUIRY = 7;
  static final int DOCUMENT = 8;

  final long seed;
  final long transactions;
  final long users;
  final long founders;
  final long soldListings;
  final long listings;
  final long lag;
  final BusinessCalendar calendar;

  World(GeneratorSettings settings) {
    seed = settings.seed();
    transactions = settings.transactions();
    users = Math.max(400, transactions / 10);
    founders = users / 20;
    soldListings = (transactions + 1) / 2;
    listings = soldListings + soldListings / 2;
    lag = Math.max(1, soldListings / 200);
    calendar = new BusinessCalendar(settings.until());
  }

  Draw draw(int stream, long row) {
    return new Draw(seed, stream, row);
  }

  long end() {
    return calendar.end();
  }

  /** How many users have registered when this share of all business is done. */
  long usersBy(double share) {
    return founders + (long) (share * (users - founders));
  }

  /** One in four users sells, one in eight does nothing but sell. */
  static boolean isSeller(long user) {
    return user % 4 == 0;
  }

  static boolean isBuyer(long user) {
    return user % 8 != 0;
  }

  /** A seller among the first users; the early ones sell most. */
  static long seller(Draw draw, long registered) {
    double unit = draw.unit();
    return (long) (unit * unit * ((registered + 3) / 4)) * 4;
  }

  /** A buyer among the first users who is not the seller. */
  static long buyer(Draw draw, long registered, long seller) {
    long user = draw.below(registered);
    if (user == seller || !isBuyer(user)) {
      // Neighbours of a multiple of four always buy, and are never sellers.
      user = user + 1 < registered ? user + 1 : user - 1;
    }
    return user;
  }

  /** The listing that a transaction is about. */
  long listingOf(long transaction) {
    long half = transaction / 2;
    return isSale(transaction) ? half - lag : half;
  }

  boolean isSale(long transaction) {
    return transaction % 2 == 1 && transaction / 2 >= lag;
  }

  /** The transaction that would sell a listing, or -1. */
  long saleOf(long listing) {
    long sale = 2 * (listing + lag) + 1;
    return listing < soldListings && sale < transactions ? sale : -1;
  }
}

package com.freelync.control.sandbox.marketplace.generator;

import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** Writes users, what was known of them when, and documents. */
final class PeopleTables {
  private static final List<String> FIRST =
      List.of(
          "Abebe", "Almaz", "Bekele", "Chaltu", "Dawit", "Eden", "Fikru", "Genet", "Hanna", "Kedir",
          "Liya", "Meron", "Selam", "Tesfaye");
  private static final List<String> LAST =
      List.of(
          "Alemu",
          "Bekele",
          "Desta",
          "Girma",
          "Haile",
          "Kebede",
          "Lemma",
          "Mohammed",
          "Tadesse",
          "Worku");

  private PeopleTables() {}

  static void users(World world, Rows rows) throws SQLException, IOException {
    for (long number = 0; number < world.users; number++) {
      User user = User.of(world, number);
      User.Facts now = user.now();
      Draw draw = world.draw(World.USER + 100, number);
      rows.id(user.id())
          .instant(user.registeredAt())
          .flag(World.isBuyer(number))
          .flag(World.isSeller(number))
          .flag(now.verified())
          .instant(user.verifiedAt())
          .tenths(now.trust())
          .flag(now.suspended())
          .text(user.region())
          .text(draw.oneOf(FIRST) + " " + draw.oneOf(LAST))
          .text("user" + number + "@example.com")
          .text("+2519" + draw.between(10_000_000, 99_999_999))
          .instant(now.from())
          .end();
    }
  }

  static void sellerFacts(World world, Rows rows) throws SQLException, IOException {
    for (long number = 0; number < world.users; number++) {
      User user = User.of(world, number);
      for (User.Facts facts : user.facts()) {
        rows.id(user.id())
            .instant(facts.from())
            .flag(facts.verified())
            .tenths(facts.trust())
            .flag(facts.suspended())
            .end();
      }
    }
  }

  /**
   * Everyone verified has an identity card, sellers a licence for each year, some listings papers.
   */
  static void documents(World world, Rows rows) throws SQLException, IOException {
    for (long number = 0; number < world.users; number++) {
      User user = User.of(world, number);
      if (user.verifiedAt() > 0) {
        Draw draw = world.draw(World.DOCUMENT, number);
        write(world, rows, draw, user, null, "national_id", user.verifiedAt(), 5 * 365);
        if (World.isSeller(number)) {
          long year = 365 * BusinessCalendar.DAY;
          for (long at = user.verifiedAt(); at < world.end(); at += year) {
            write(world, rows, draw, user, null, "trade_licence", at, 365);
          }
        }
      }
    }
    for (long number = 0; number < world.listings; number += 5) {
      Listing listing = Listing.of(world, number);
      Draw draw = world.draw(World.DOCUMENT + 100, number);
      User owner = User.of(world, listing.seller());
      String kind =
          listing.property()
              ? "title_deed"
              : draw.chance(0.5) ? "insurance" : "vehicle_registration";
      write(
          world,
          rows,
          draw,
          owner,
          listing,
          kind,
          listing.listedAt(),
          listing.property() ? 1825 : 365);
    }
  }

  private static void write(
      World world,
      Rows rows,
      Draw draw,
      User owner,
      @org.jspecify.annotations.Nullable Listing listing,
      String kind,
      long uploaded,
      int days)
      throws SQLException, IOException {
    LocalDate issued = day(uploaded).minusDays(draw.between(1, 60));
    LocalDate expires = issued.plusDays(days);
    LocalDate tomorrow = day(world.end());
    // The last week's expiries are not marked yet: there is something left for the automation.
    boolean marked = expires.isBefore(tomorrow.minusDays(7));
    rows.id(draw.id(uploaded)).id(owner.id());
    if (listing == null) {
      rows.none();
    } else {
      rows.id(listing.id());
    }
    rows.text(kind)
        .text(marked ? "EXPIRED" : "VALID")
        .text("ET" + draw.between(100_000_000, 999_999_999))
        .date(issued)
        .date(expires)
        .instant(uploaded)
        .none()
        .instant(uploaded)
        .end();
  }

  private static LocalDate day(long epochMillis) {
    return LocalDate.ofEpochDay(
        Math.floorDiv(epochMillis + 3 * BusinessCalendar.HOUR, BusinessCalendar.DAY));
  }
}

package com.freelync.control.payout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the gateway's book, in the order in which it was written.
 *
 * @param next where the book goes on, in the gateway's own words; null at its end
 */
public record BookPage(List<BookEntry> entries, @Nullable String next) {
  public BookPage {
    entries = List.copyOf(entries);
  }
}

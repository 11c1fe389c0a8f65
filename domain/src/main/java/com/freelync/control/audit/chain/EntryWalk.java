package com.freelync.control.audit.chain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes along the entries of an export. After a fault it goes on from what the line itself says, so
 * that each fault is told once, where it is, and those behind it are found too.
 */
final class EntryWalk {
  private final Faults faults;
  private final AnchorCheck anchors;

  /** The hashes that may stand before the next entry; none if that entry's predecessor is gone. */
  private List<SealHash> before;

  private long expected;
  private long lastLine = 1;
  long count;
  long first;
  SealHash lastHash;
  @Nullable Instant earliest;
  @Nullable Instant latest;

  EntryWalk(long first, SealHash previous, Faults faults, AnchorCheck anchors) {
    this.expected = first;
    this.before = List.of(previous);
    this.lastHash = previous;
    this.faults = faults;
    this.anchors = anchors;
    anchors.see(first - 1, previous, 1);
  }

  /** An entry as it stands in the file. */
  record Entry(long line, EntryPrefix prefix, SealHash hash, byte[] content) {
    long position() {
      return prefix.position();
    }
  }

  /** The position of the last entry that was in its place. */
  long last() {
    return expected - 1;
  }

  /** Whether the two stand in each other's place. */
  boolean areSwapped(Entry entry, @Nullable Entry next) {
    return next != null && entry.position() == expected + 1 && next.position() == expected;
  }

  /** Goes over two entries that stand in each other's place. */
  void swapped(Entry entry, Entry next) {
    faults.add(
        entry.line(),
        "this line and line %d are swapped: positions %d and %d"
            .formatted(next.line(), entry.position(), next.position()));
    follow(next);
    follow(entry);
  }

  /** Goes over one entry; the next one, if it is there, tells what is wrong with its place. */
  void entry(Entry entry, @Nullable Entry next) {
    long position = entry.position();
    if (position == expected) {
      follow(entry);
    } else if (next != null && next.position() == expected + 1) {
      faults.add(entry.line(), "position %d stands where %d belongs".formatted(position, expected));
      count(entry);
      skipTo(expected + 1, entry);
    } else if (position < expected) {
      faults.add(
          entry.line(),
          "position %d again, after %d: an added or a moved line"
              .formatted(position, expected - 1));
      lastLine = entry.line();
      count++;
    } else {
      faults.add(
          entry.line(),
          "%s missing between line %d and this one"
              .formatted(positions(expected, position - 1), lastLine));
      count(entry);
      skipTo(position + 1, entry);
    }
  }

  /** A line that is no entry as it is written. */
  void unreadable(long line) {
    faults.add(line, "this is no line of an export; position %d belongs here".formatted(expected));
    before = List.of();
    expected++;
    count++;
    lastLine = line;
  }

  private static String positions(long from, long to) {
    return from == to ? "position " + from + " is" : "positions " + from + " to " + to + " are";
  }

  /** The entry is in its place: its hash must follow from the one before. */
  private void follow(Entry entry) {
    List<SealHash> follows = before.stream().map(hash -> hash.next(entry.content())).toList();
    if (!follows.isEmpty() && !follows.contains(entry.hash())) {
      faults.add(
          entry.line(),
          "position %d was changed: its content and the hash before it do not give its hash"
              .formatted(entry.position()));
      // The next entry tells whether the content or the hash was changed; here either may stand.
      before = List.of(entry.hash(), follows.getFirst());
    } else {
      before = List.of(entry.hash());
    }
    anchors.see(entry.position(), entry.hash(), entry.line());
    count(entry);
    expected = entry.position() + 1;
  }

  private void skipTo(long position, Entry entry) {
    before = entry.position() + 1 == position ? List.of(entry.hash()) : List.of();
    expected = position;
  }

  private void count(Entry entry) {
    count++;
    first = first == 0 ? entry.position() : first;
    lastLine = entry.line();
    lastHash = entry.hash();
    Instant at = entry.prefix().at();
    earliest = earliest == null || at.isBefore(earliest) ? at : earliest;
    latest = latest == null || at.isAfter(latest) ? at : latest;
  }
}

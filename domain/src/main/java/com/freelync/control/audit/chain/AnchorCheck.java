package com.freelync.control.audit.chain;

import java.util.ArrayList;
import java.util.List;

/** Holds an export against hashes that the chain is known to have had. */
final class AnchorCheck {
  private final List<Anchor> open;
  private final Faults faults;

  AnchorCheck(List<Anchor> anchors, Faults faults) {
    this.open = new ArrayList<>(anchors);
    this.faults = faults;
  }

  /** The file has this hash at this position. */
  void see(long position, SealHash hash, long line) {
    if (open.isEmpty()) {
      return;
    }
    for (Anchor anchor : List.copyOf(open)) {
      Long known = anchor.position();
      if (known == null && anchor.hash().equals(hash)) {
        open.remove(anchor);
      } else if (known != null && known == position) {
        open.remove(anchor);
        if (!anchor.hash().equals(hash)) {
          faults.add(
              line,
              "position %d has another hash than %s says: history before it was rewritten"
                  .formatted(position, anchor.source()));
        }
      }
    }
  }

  /** The file is over: whatever was not seen is missing in it. */
  void end(long first, long last) {
    for (Anchor anchor : open) {
      Long known = anchor.position();
      if (known == null) {
        faults.add(
            0,
            ("%s %s is nowhere from position %d to %d: the tail is cut, history was rewritten,"
                    + " or it is of a position that this file does not have")
                .formatted(anchor.source(), anchor.hash(), first - 1, last));
      } else if (known > last) {
        faults.add(
            0,
            "the file ends at position %d, and %s is of position %d: the tail is missing"
                .formatted(last, anchor.source(), known));
      } else if (known < first - 1) {
        faults.add(
            0,
            "the file begins at position %d, and %s is of position %d: what is between is missing"
                .formatted(first, anchor.source(), known));
      } else {
        faults.add(
            0,
            "position %d, of which %s is, is not in its place".formatted(known, anchor.source()));
      }
    }
  }
}

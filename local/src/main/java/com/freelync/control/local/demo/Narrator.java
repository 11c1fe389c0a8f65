package com.freelync.control.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;

/** Tells the story on a terminal. */
final class Narrator {
  private final PrintStream out;
  private int failures;

  Narrator(PrintStream out) {
    this.out = out;
  }

  /** Tells one step; one that is not as it should be is told as such, and the story goes on. */
  void step(String title, Runnable step) {
    out.println();
    out.println("▸ " + title);
    try {
      step.run();
    } catch (StepFailed failed) {
      failures++;
      out.println("  ✗ " + failed.getMessage());
    }
    out.flush();
  }

  int failures() {
    return failures;
  }

  void fact(String text) {
    out.println("  ✓ " + text);
  }

  void link(String label, String address) {
    out.printf("    %-12s %s%n", label, address);
  }

  /** The booking lines of a payout; the sums of both sides are compared. */
  void ledger(JsonNode payout) {
    List<Ledger.Line> lines = Ledger.lines(payout);
    for (Ledger.Line line : lines) {
      out.printf("    %-12s %-34s %12s%n", "ledger", line.account(), line.amount().toPlainString());
    }
    require(!lines.isEmpty(), "the payout has bookings", "it has none");
    require(Ledger.isBalanced(lines), "the books balance", "they do not: " + lines);
  }

  /** States a fact that has to hold. */
  void require(boolean holds, String fact, String otherwise) {
    if (!holds) {
      throw new StepFailed("not so: " + fact + "; " + otherwise);
    }
    fact(fact);
  }
}

package com.freelync.control.configuration.value;

/** How much work checking may take, counted in looks at one value. */
final class Budget {
  private static final int MOST = 2_000_000;

  private long spent;

  /** It has taken too much. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super(null, null, false, false);
    }
  }

  /** Takes so much, and says whether it was there. */
  boolean take(long units) {
    spent += units;
    return !isSpent();
  }

  /** Takes so much, or gives up. */
  void spend(long units) {
    if (!take(units)) {
      throw new TooMuch();
    }
  }

  void exhaust() {
    spent = MOST + 1L;
  }

  boolean isSpent() {
    return spent > MOST;
  }
}

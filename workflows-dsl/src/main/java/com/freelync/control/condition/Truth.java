package com.freelync.control.condition;

/**
 * The three answers of Kleene's logic. {@link #UNDECIDED} means that a fact is missing or of a type
 * that cannot be compared: it is never taken for a plain no where money moves.
 */
public enum Truth {
  HOLDS,
  FAILS,
  UNDECIDED;

  /** The truth of a plain answer. */
  public static Truth of(boolean answer) {
    return answer ? HOLDS : FAILS;
  }

  /** Both. */
  public Truth and(Truth other) {
    if (this == FAILS || other == FAILS) {
      return FAILS;
    }
    return this == UNDECIDED || other == UNDECIDED ? UNDECIDED : HOLDS;
  }

  /** Either. */
  public Truth or(Truth other) {
    return negate().and(other.negate()).negate();
  }

  /** The opposite; undecided stays undecided. */
  public Truth negate() {
    return switch (this) {
      case HOLDS -> FAILS;
      case FAILS -> HOLDS;
      case UNDECIDED -> UNDECIDED;
    };
  }
}

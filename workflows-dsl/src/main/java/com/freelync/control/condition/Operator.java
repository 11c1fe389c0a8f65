package com.freelync.control.condition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a comparison compares; written in lower case. */
public enum Operator {
  EQ,
  NE,
  LT,
  LTE,
  GT,
  GTE,
  IN,
  NOT_IN,
  CONTAINS,
  STARTS_WITH,
  ENDS_WITH,
  MATCHES,
  EXISTS,
  BETWEEN;

  private static final List<String> WORDS = Arrays.stream(values()).map(Operator::word).toList();

  /** The word that people write. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The operator of a word, exactly as written. */
  public static Optional<Operator> ofWord(String word) {
    return Arrays.stream(values()).filter(operator -> operator.word().equals(word)).findFirst();
  }

  /** All words, for messages. */
  public static List<String> words() {
    return WORDS;
  }

  /** Whether it orders values, which needs numbers or times on both sides. */
  public boolean isOrdering() {
    return switch (this) {
      case LT, LTE, GT, GTE, BETWEEN -> true;
      case EQ, NE, IN, NOT_IN, CONTAINS, STARTS_WITH, ENDS_WITH, MATCHES, EXISTS -> false;
    };
  }
}

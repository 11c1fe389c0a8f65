package com.freelync.control.parse;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
public final class Nearest {
  private Nearest() {}

  /** A hint with the nearest known word, or with all of them where none is near. */
  public static String hint(String written, Collection<String> known) {
    return find(written, known)
        .map(word -> "did you mean " + word + "?")
        .orElseGet(() -> "known are " + String.join(", ", known));
  }

  /** The nearest known word, where one is near: of a short word one letter may differ. */
  static Optional<String> find(String written, Collection<String> known) {
    return known.stream()
        .filter(word -> distance(written, word) <= Math.max(1, word.length() / 3))
        .min(Comparator.comparingInt(word -> distance(written, word)));
  }

  /** The Levenshtein distance, of at most the first 60 characters. */
  static int distance(String left, String right) {
    String a = left.length() > 60 ? left.substring(0, 60) : left;
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(row[j - 1], above) + 1);
        diagonal = above;
      }
    }
    return row[right.length()];
  }
}

package com.freelync.control.configuration.value;

import com.freelync.control.parse.PatternSize;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * A pattern in RE2 syntax, matched in time linear in the text: in at most so many steps as its
 * program has instructions for each character.
 */
record BoundedPattern(Pattern pattern, long size) {
  private static final int LONGEST = 1_000;

  /** So many steps of matching cost what looking at one value does. */
  private static final int STEPS = 4;

  /** What keeps a text from being such a pattern. */
  static Optional<String> problem(String text) {
    if (text.length() > LONGEST) {
      return Optional.of("a pattern has at most " + LONGEST + " characters");
    }
    if (!PatternSize.isBearable(text)) {
      return Optional.of("the repetitions of this pattern multiply to too large a program");
    }
    try {
      Pattern.compile(text);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("not a pattern in RE2 syntax: " + e.getDescription());
    }
  }

  /** A pattern with which there is no problem. */
  static BoundedPattern of(String text) {
    return new BoundedPattern(Pattern.compile(text), PatternSize.of(text));
  }

  boolean matchesAllOf(String text) {
    return pattern.matches(text);
  }

  boolean isFoundIn(String text) {
    return pattern.matcher(text).find();
  }

  /** What matching this text costs at most, in units of a {@link Budget}. */
  long cost(String text) {
    return 1 + (size + 1) * (text.length() + 1L) / STEPS;
  }
}

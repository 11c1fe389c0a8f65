package com.freelync.control.parse;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a program RE2 makes of a pattern. It matches in linear time but writes counted
 * repetitions out, and nested ones multiply: {@code ((a{1000}){1000}){1000}} would be a thousand
 * million instructions.
 */
public final class PatternSize {
  private static final long MOST = 10_000;

  private final String pattern;
  private int at;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  /** Whether the pattern may be compiled; says yes to what is no pattern at all. */
  public static boolean isBearable(String pattern) {
    return of(pattern) <= MOST;
  }

  /** The size of a bearable pattern, in instructions; of another one anything above the most. */
  public static long of(String pattern) {
    return new PatternSize(pattern).estimate();
  }

  /** An upper bound: every character counts one, times the repetitions around it. */
  private long estimate() {
    Deque<Long> open = new ArrayDeque<>();
    long size = 0;
    long last = 0;
    while (at < pattern.length() && size <= MOST) {
      char c = pattern.charAt(at);
      long times = c == '{' ? repetitions() : 0;
      if (times > 0) {
        size += last * (times - 1);
        last *= times;
        continue;
      }
      at++;
      if (c == '(') {
        open.push(size);
        size = 0;
        last = 0;
      } else if (c == ')' && !open.isEmpty()) {
        last = size + 2;
        size = open.pop() + last;
      } else {
        last = c == '\\' ? escaped() : c == '[' ? bracketed() : 1;
        size += last;
      }
    }
    return size;
  }

  /** Steps over {@code {n}}, {@code {n,}} or {@code {n,m}} and says the larger; 0 if it is none. */
  private long repetitions() {
    long most = 0;
    long number = 0;
    for (int i = at + 1; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '}' && i > at + 1) {
        at = i + 1;
        return Math.max(1, Math.max(most, number));
      }
      if (c == ',') {
        most = Math.max(most, number);
        number = 0;
      } else if (c >= '0' && c <= '9') {
        number = Math.min(number * 10 + (c - '0'), MOST + 1);
      } else {
        return 0;
      }
    }
    return 0;
  }

  /** Steps over what a backslash begins: one character, a class by name, or a quotation. */
  private long escaped() {
    if (pattern.startsWith("Q", at)) {
      int end = pattern.indexOf("\\E", at);
      int from = at;
      at = end < 0 ? pattern.length() : end + 2;
      return at - from;
    }
    at = Math.min(at + 1, pattern.length());
    return 1;
  }

  /** Steps over a class of characters; a bracket right at its beginning is one of them. */
  private long bracketed() {
    if (pattern.startsWith("^", at)) {
      at++;
    }
    int first = at;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
      if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
        at = pattern.indexOf(":]", at) + 1;
      } else if (pattern.charAt(at) == '\\') {
        at++;
      }
      at++;
    }
    at = Math.min(at + 1, pattern.length());
    return 1;
  }
}

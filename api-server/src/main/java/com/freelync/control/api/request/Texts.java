package com.freelync.control.api.request;

/** Which texts can be kept: PostgreSQL knows no NUL, and half a surrogate pair is no character. */
public final class Texts {
  /** What a text must be, for people. */
  public static final String RULE = "a text has no NUL and no half of a surrogate pair";

  private Texts() {}

  /** Whether the text has neither. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}

package com.freelync.control.text;

/** The beginning of a text. */
public final class Excerpt {
  private Excerpt() {}

  /** The first of a text, at most so many UTF-16 units, and never half a character. */
  public static String of(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean splits = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splits ? longest - 1 : longest);
  }
}

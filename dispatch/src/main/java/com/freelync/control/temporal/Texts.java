package com.freelync.control.temporal;

import java.nio.charset.StandardCharsets;

/** Texts as Temporal takes them: it counts bytes. */
public final class Texts {
  private static final String MORE = "\u2026";

  private Texts() {}

  /** The text, or its beginning and an ellipsis in at most this many bytes of UTF-8. */
  public static String shortened(String text, int mostBytes) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= mostBytes) {
      return text;
    }
    int left = mostBytes - MORE.getBytes(StandardCharsets.UTF_8).length;
    StringBuilder kept = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      left -= Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(point);
      at += Character.charCount(point);
    }
    return kept + MORE;
  }
}

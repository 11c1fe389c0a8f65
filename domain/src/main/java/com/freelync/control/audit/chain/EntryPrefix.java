package com.freelync.control.audit.chain;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each entry's content begins with; all that a verifier reads of it. */
record EntryPrefix(long position, Instant at) {
  private static final int LONGEST = 160;
  private static final Pattern FORM =
      Pattern.compile(
          "\\{\"position\":(\\d{1,18}),\"id\":-?\\d{1,19},\"txid\":\\d{1,20},\"at\":\"([^\"]{1,48})\",.*",
          Pattern.DOTALL);

  static Optional<EntryPrefix> parse(byte[] content) {
    String start =
        new String(content, 0, Math.min(content.length, LONGEST), StandardCharsets.ISO_8859_1);
    Matcher matcher = FORM.matcher(start);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new EntryPrefix(Long.parseLong(matcher.group(1)), Instant.parse(matcher.group(2))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

package com.freelync.control.audit.chain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of an export: <code>{"hash":"64 digits","KIND":CONTENT}</code>, without its line feed.
 * What is hashed is CONTENT, byte for byte as it stands there.
 */
record ExportLine(Kind kind, SealHash hash, byte[] content) {
  /** What the line holds. */
  enum Kind {
    HEADER,
    ENTRY,
    TRAILER;

    private final byte[] middle =
        ("\",\"" + name().toLowerCase(Locale.ROOT) + "\":").getBytes(StandardCharsets.US_ASCII);
  }

  private static final byte[] START = "{\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_END = START.length + SealHash.HEX_DIGITS;

  /** Its bytes, with the line feed. */
  byte[] bytes() {
    byte[] digits = hash.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[HASH_END + kind.middle.length + content.length + 2];
    System.arraycopy(START, 0, line, 0, START.length);
    System.arraycopy(digits, 0, line, START.length, digits.length);
    System.arraycopy(kind.middle, 0, line, HASH_END, kind.middle.length);
    System.arraycopy(content, 0, line, HASH_END + kind.middle.length, content.length);
    line[line.length - 2] = '}';
    line[line.length - 1] = '\n';
    return line;
  }

  /** The line that these bytes are, without a line feed; nothing if they are none. */
  static Optional<ExportLine> parse(byte[] line) {
    if (!startsAt(line, 0, START) || line[line.length - 1] != '}') {
      return Optional.empty();
    }
    for (Kind kind : Kind.values()) {
      int begin = HASH_END + kind.middle.length;
      if (line.length > begin && startsAt(line, HASH_END, kind.middle)) {
        byte[] content = Arrays.copyOfRange(line, begin, line.length - 1);
        String digits =
            new String(line, START.length, SealHash.HEX_DIGITS, StandardCharsets.ISO_8859_1);
        return SealHash.parse(digits).map(hash -> new ExportLine(kind, hash, content));
      }
    }
    return Optional.empty();
  }

  private static boolean startsAt(byte[] line, int offset, byte[] expected) {
    return line.length >= offset + expected.length
        && Arrays.equals(line, offset, offset + expected.length, expected, 0, expected.length);
  }
}

package com.freelync.control.audit.chain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object written in one way only: fields in the order given, no white space, times in UTC
 * with six decimals, and in texts nothing escaped but the quote, the backslash and control
 * characters, the latter as {@code \\u00xx}.
 */
final class JsonText {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter().withZone(ZoneOffset.UTC);

  private final StringBuilder text = new StringBuilder(256).append('{');

  JsonText field(String name, long value) {
    name(name).append(value);
    return this;
  }

  JsonText field(String name, @Nullable Instant value) {
    return field(name, value == null ? null : TIME.format(value));
  }

  JsonText field(String name, @Nullable String value) {
    name(name);
    if (value == null) {
      text.append("null");
    } else {
      quote(value);
    }
    return this;
  }

  /** A field whose value is JSON already. */
  JsonText json(String name, String value) {
    name(name).append(value);
    return this;
  }

  byte[] bytes() {
    return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private StringBuilder name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    return text.append('"').append(name).append("\":");
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}

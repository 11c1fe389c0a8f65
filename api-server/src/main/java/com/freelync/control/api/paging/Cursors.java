package com.freelync.control.api.paging;

import com.freelync.control.database.Cursor;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Cursors as opaque texts: base64url of version, second, nanosecond and id. */
final class Cursors {
  private static final byte VERSION = 1;
  private static final int BYTES = 1 + Long.BYTES + Integer.BYTES + 2 * Long.BYTES;
  private static final long LATEST = Cursor.START.at().getEpochSecond();

  private Cursors() {}

  static String write(Cursor cursor) {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .put(VERSION)
            .putLong(cursor.at().getEpochSecond())
            .putInt(cursor.at().getNano())
            .putLong(cursor.id().getMostSignificantBits())
            .putLong(cursor.id().getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The cursor, or nothing if the text is none that was ever given out. */
  static Optional<Cursor> read(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length != BYTES || bytes[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, BYTES - 1);
    long second = buffer.getLong();
    int nano = buffer.getInt();
    if (second < 0 || second > LATEST || nano < 0 || nano > 999_999_999) {
      return Optional.empty();
    }
    return Optional.of(
        new Cursor(
            Instant.ofEpochSecond(second, nano), new UUID(buffer.getLong(), buffer.getLong())));
  }
}

package com.freelync.control.sandbox.marketplace.generator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Rows in PostgreSQL's binary COPY format, handed on in pieces of some 64 KiB: the server has
 * nothing to parse. See "Binary Format" under COPY in PostgreSQL's documentation; values are as its
 * types send them.
 */
final class Rows {
  private static final int PIECE = 1 << 16;
  private static final int LONGEST_ROW = 1 << 13;

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** PostgreSQL counts from 2000-01-01. */
  private static final int EPOCH_DAY = 10_957;

  private static final long EPOCH_MILLIS = EPOCH_DAY * BusinessCalendar.DAY;

  /** Digits of a numeric are four decimal ones each. */
  private static final int BASE = 10_000;

  /** Where the bytes go, from the array's start. */
  interface Sink {
    void write(byte[] bytes, int length) throws SQLException, IOException;
  }

  private final Sink sink;
  private final ByteBuffer buffer = ByteBuffer.allocate(PIECE + LONGEST_ROW);
  private int start;
  private short columns;
  private long count;

  Rows(Sink sink) {
    this.sink = sink;
    buffer.put(HEADER);
    begin();
  }

  /** An empty text is null. */
  Rows text(String value) {
    if (value.isEmpty()) {
      return none();
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    column(bytes.length).put(bytes);
    return this;
  }

  Rows none() {
    column(-1);
    return this;
  }

  Rows id(UUID value) {
    column(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    return this;
  }

  Rows flag(boolean value) {
    column(1).put((byte) (value ? 1 : 0));
    return this;
  }

  Rows date(LocalDate value) {
    column(4).putInt((int) value.toEpochDay() - EPOCH_DAY);
    return this;
  }

  /** Epoch milliseconds; 0 is null. */
  Rows instant(long epochMillis) {
    if (epochMillis == 0) {
      return none();
    }
    column(8).putLong((epochMillis - EPOCH_MILLIS) * 1000);
    return this;
  }

  /** Santim, not negative, written as ETB with two decimals. */
  Rows money(long santim) {
    return numeric(santim / 100, (int) (santim % 100) * 100, 2);
  }

  /** Tenths, not negative, written with one decimal. */
  Rows tenths(int value) {
    return numeric(value / 10, value % 10 * 1000, 1);
  }

  void end() throws SQLException, IOException {
    buffer.putShort(start, columns);
    count++;
    if (buffer.position() >= PIECE) {
      flush();
    }
    begin();
  }

  /** Hands on what is left, and says that nothing comes after it. */
  void finish() throws SQLException, IOException {
    buffer.putShort(start, (short) -1);
    flush();
  }

  long count() {
    return count;
  }

  private void begin() {
    start = buffer.position();
    buffer.putShort((short) 0);
    columns = 0;
  }

  private void flush() throws SQLException, IOException {
    sink.write(buffer.array(), buffer.position());
    buffer.clear();
  }

  /**
   * A number of so many decimals.
   *
   * @param fraction in ten-thousandths: its one digit of the base
   */
  private Rows numeric(long whole, int fraction, int decimals) {
    int digits = 0;
    for (long left = whole; left > 0; left /= BASE) {
      digits++;
    }
    int all = digits + (fraction > 0 ? 1 : 0);
    column(8 + 2 * all)
        .putShort((short) all)
        .putShort((short) (all == 0 ? 0 : digits - 1))
        .putShort((short) 0)
        .putShort((short) decimals);
    int at = buffer.position();
    long left = whole;
    for (int digit = digits - 1; digit >= 0; digit--) {
      buffer.putShort(at + 2 * digit, (short) (left % BASE));
      left /= BASE;
    }
    buffer.position(at + 2 * digits);
    if (fraction > 0) {
      buffer.putShort((short) fraction);
    }
    return this;
  }

  private ByteBuffer column(int length) {
    columns++;
    return buffer.putInt(length);
  }
}

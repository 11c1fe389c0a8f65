package com.freelync.control.sandbox.marketplace.generator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** Rows in PostgreSQL's COPY text format, handed on in pieces of some 64 KiB. */
final class Rows {
  private static final int PIECE = 1 << 16;

  /** Where the bytes go. */
  interface Sink {
    void write(byte[] bytes) throws SQLException, IOException;
  }

  private final Sink sink;
  private final StringBuilder buffer = new StringBuilder(PIECE + 4096);
  private boolean atStart = true;
  private long count;

  Rows(Sink sink) {
    this.sink = sink;
  }

  /** A text without tabs, line ends and backslashes; an empty one is null. */
  Rows text(String value) {
    return raw(value.isEmpty() ? "\\N" : value);
  }

  Rows none() {
    return raw("\\N");
  }

  Rows id(UUID value) {
    return raw(value.toString());
  }

  Rows flag(boolean value) {
    return raw(value ? "t" : "f");
  }

  Rows date(LocalDate value) {
    return raw(value.toString());
  }

  /** Epoch milliseconds; 0 is null. */
  Rows instant(long epochMillis) {
    return raw(epochMillis == 0 ? "\\N" : Instant.ofEpochMilli(epochMillis).toString());
  }

  /** Santim, written as ETB. */
  Rows money(long santim) {
    column().append(santim / 100).append('.');
    long cents = santim % 100;
    if (cents < 10) {
      buffer.append('0');
    }
    buffer.append(cents);
    return this;
  }

  /** Tenths, written with one decimal. */
  Rows tenths(int value) {
    column().append(value / 10).append('.').append(value % 10);
    return this;
  }

  void end() throws SQLException, IOException {
    buffer.append('\n');
    atStart = true;
    count++;
    if (buffer.length() >= PIECE) {
      flush();
    }
  }

  void flush() throws SQLException, IOException {
    sink.write(buffer.toString().getBytes(StandardCharsets.UTF_8));
    buffer.setLength(0);
  }

  long count() {
    return count;
  }

  private Rows raw(String value) {
    column().append(value);
    return this;
  }

  private StringBuilder column() {
    if (!atStart) {
      buffer.append('\t');
    }
    atStart = false;
    return buffer;
  }
}

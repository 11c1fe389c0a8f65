package com.freelync.control.audit.chain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one at a time, with a look at the next one. */
final class Lines {
  /** Longer than any entry can be, and little enough to be held. */
  private static final int LONGEST = 64 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int filled;
  private long number;
  private @Nullable Line ahead;

  Lines(InputStream in) throws IOException {
    this.in = in;
    this.ahead = read();
  }

  /**
   * A line.
   *
   * @param isEnded whether a line feed ends it, which is not among its bytes
   */
  record Line(long number, byte[] bytes, boolean isEnded) {}

  /** The line that {@link #next} will give; null at the end of the file. */
  @Nullable Line peek() {
    return ahead;
  }

  @Nullable Line next() throws IOException {
    Line line = ahead;
    ahead = line == null ? null : read();
    return line;
  }

  private @Nullable Line read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    while (true) {
      if (position == filled) {
        filled = in.read(buffer);
        position = 0;
        if (filled < 0) {
          filled = 0;
          return line.size() == 0 ? null : new Line(++number, line.toByteArray(), false);
        }
      }
      int start = position;
      while (position < filled && buffer[position] != '\n') {
        position++;
      }
      line.write(buffer, start, position - start);
      if (line.size() > LONGEST) {
        throw new IOException("line " + (number + 1) + " is longer than any of an export");
      }
      if (position < filled) {
        position++;
        return new Line(++number, line.toByteArray(), true);
      }
    }
  }
}

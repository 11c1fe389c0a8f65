package com.freelync.control.api.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.glassfish.jersey.server.ChunkedOutput;

/**
 * An answer that grows: what is written goes out with each flush. Jersey keeps the first 8 KB of
 * any other answer back, whoever flushes it.
 */
public final class ChunkStream extends OutputStream {
  private final ChunkedOutput<byte[]> answer;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  public ChunkStream(ChunkedOutput<byte[]> answer) {
    this.answer = answer;
  }

  @Override
  public void write(int one) {
    waiting.write(one);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    waiting.write(bytes, from, length);
  }

  /**
   * Sends what was written.
   *
   * @throws IOException if the reader has gone
   */
  @Override
  public void flush() throws IOException {
    if (waiting.size() > 0) {
      answer.write(waiting.toByteArray());
      waiting.reset();
    }
  }

  @Override
  public void close() throws IOException {
    flush();
    answer.close();
  }
}

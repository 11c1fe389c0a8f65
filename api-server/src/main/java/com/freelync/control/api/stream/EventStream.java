package com.freelync.control.api.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What one reader of a stream is still to be sent: whoever has news puts it here and goes on, and
 * the reader's own thread writes it. A reader that is too slow for it is cut off, and comes again;
 * so does one whose time is over.
 */
public final class EventStream {
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_WAITING = 1_000;
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final long begun = System.nanoTime();
  private final long longest;
  private volatile boolean isCutOff;

  /** A stream that ends by itself after a time, at most a day. */
  public EventStream(Duration longest) {
    this.longest = (longest.compareTo(LONGEST) < 0 ? longest : LONGEST).toNanos();
  }

  /** One event as bytes, which serve for every reader. */
  public static byte[] event(String name, long id, String data) {
    return "id: %d\nevent: %s\ndata: %s\n\n"
        .formatted(id, name, data)
        .getBytes(StandardCharsets.UTF_8);
  }

  private long left() {
    return longest - (System.nanoTime() - begun);
  }

  /** Hands an event over; never blocks. */
  public void send(byte[] event) {
    if (!waiting.offer(event)) {
      isCutOff = true;
    }
  }

  /** Ends the stream once what waits is sent. */
  public void end() {
    send(END);
  }

  /**
   * Writes events as they come, and a comment into each silence of 15 seconds, until the stream is
   * ended, cut off, or its time is over.
   *
   * @throws IOException if the reader has gone
   */
  public void writeTo(OutputStream out) throws IOException {
    out.flush();
    try {
      for (long left = left(); left > 0 && !isCutOff; left = left()) {
        byte[] event = waiting.poll(Math.min(left, SILENCE.toNanos()), TimeUnit.NANOSECONDS);
        if (event == END || left() <= 0) {
          return;
        }
        out.write(event == null ? COMMENT : event);
        // What came meanwhile goes with it.
        for (byte[] more = waiting.peek(); more != null && more != END; more = waiting.peek()) {
          out.write(waiting.remove());
        }
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package com.freelync.control.api.stream;

import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ChunkedOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The readers of a stream: each has a virtual thread, and all end as the server stops. */
public final class StreamReaders implements AutoCloseable {
  /** The type of a stream of events. */
  public static final String TYPE = "text/event-stream";

  private static final Logger LOG = LoggerFactory.getLogger(StreamReaders.class);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final int most;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Readers of one kind of stream.
   *
   * @param most how many at once; who finds no place comes again, perhaps elsewhere
   */
  public StreamReaders(int most) {
    this.most = most;
  }

  /** What is done with a reader on its thread, until it goes or has read all. */
  @FunctionalInterface
  public interface Reading {
    /**
     * Writes what the reader begins with, and lets the stream write the rest.
     *
     * @throws IOException if the reader has gone
     */
    void read(EventStream stream, ChunkStream answer) throws IOException;
  }

  /** How many there are. */
  public int count() {
    return open.size();
  }

  /** Serves a reader for so long at most; 503 where there is no place. */
  public Response serve(Duration longest, Reading reading) {
    if (threads.isShutdown() || open.size() >= most) {
      throw unavailable();
    }
    ChunkedOutput<byte[]> answer = new ChunkedOutput<>(byte[].class);
    EventStream stream = new EventStream(longest);
    threads.execute(() -> read(stream, new ChunkStream(answer), reading));
    return Response.ok(answer, TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("X-Accel-Buffering", "no")
        .build();
  }

  /** What a reader is told whom nobody can serve now. */
  public static ProblemException unavailable() {
    return new ProblemException(
        Problem.of(
            ProblemType.UNAVAILABLE, "What holds cannot be told now: try again in a moment."),
        Map.of(HttpHeaders.RETRY_AFTER, "5"));
  }

  private void read(EventStream stream, ChunkStream answer, Reading reading) {
    open.add(stream);
    try (answer) {
      reading.read(stream, answer);
    } catch (IOException e) {
      LOG.debug("A reader has gone: {}", e.getMessage());
    } finally {
      open.remove(stream);
    }
  }

  /** Ends every stream once what waits is sent; who is too slow for that is cut off. */
  @Override
  public void close() {
    threads.shutdown();
    open.forEach(EventStream::end);
    try {
      if (!threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

package com.freelync.control.configuration;

import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.api.stream.ChunkStream;
import com.freelync.control.api.stream.EventStream;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.glassfish.jersey.server.ChunkedOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readers of the stream of settings: each has a virtual thread, and all share an event's bytes.
 */
public final class SettingStream implements AutoCloseable {
  /** The type of a stream of events. */
  static final String TYPE = "text/event-stream";

  private static final Logger LOG = LoggerFactory.getLogger(SettingStream.class);
  private static final int MOST_SHARED = 100;

  /**
   * Each costs a connection and some kilobytes; who finds no place comes again, perhaps elsewhere.
   */
  private static final int MOST_READERS = 10_000;

  /** A server that has just started knows what holds at once, unless the database is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final LiveSettings settings;
  private final Clock clock;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private final Map<Long, byte[]> shared = new ConcurrentHashMap<>();
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

  public SettingStream(LiveSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** How many readers there are. */
  public int readers() {
    return open.size();
  }

  /**
   * Serves a reader until it goes, or its token ends: it comes again with another one then.
   *
   * @param until when the token ends
   * @param after the last position that it knows; negative for none
   */
  Response serve(Instant until, long after) {
    if (readers.isShutdown() || open.size() >= MOST_READERS || !settings.awaitLoaded(PATIENCE)) {
      throw new ProblemException(
          Problem.of(
              ProblemType.UNAVAILABLE, "What holds cannot be told now: try again in a moment."),
          Map.of(HttpHeaders.RETRY_AFTER, "5"));
    }
    ChunkedOutput<byte[]> answer = new ChunkedOutput<>(byte[].class);
    EventStream stream = new EventStream(Duration.between(clock.instant(), until));
    readers.execute(() -> write(stream, new ChunkStream(answer), after));
    return Response.ok(answer, TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("X-Accel-Buffering", "no")
        .build();
  }

  private void write(EventStream stream, ChunkStream answer, long after) {
    Consumer<LiveSetting> follower = setting -> stream.send(bytes(setting));
    open.add(stream);
    try (answer) {
      LiveSettings.Beginning beginning = settings.follow(after, follower);
      for (LiveSetting setting : beginning.settings()) {
        answer.write(bytes(setting));
      }
      answer.write(
          EventStream.event(
              "ready", beginning.position(), "{\"position\":%d}".formatted(beginning.position())));
      stream.writeTo(answer);
    } catch (IOException e) {
      LOG.debug("A reader has gone: {}", e.getMessage());
    } finally {
      settings.leave(follower);
      open.remove(stream);
    }
  }

  private byte[] bytes(LiveSetting setting) {
    if (shared.size() > MOST_SHARED) {
      shared.clear();
    }
    return shared.computeIfAbsent(
        setting.position(), position -> EventStream.event("config", position, setting.json()));
  }

  /** Ends every stream once what waits is sent; who is too slow for that is cut off. */
  @Override
  public void close() {
    readers.shutdown();
    open.forEach(EventStream::end);
    try {
      if (!readers.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        readers.shutdownNow();
      }
    } catch (InterruptedException e) {
      readers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

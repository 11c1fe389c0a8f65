package com.freelync.control.configuration;

import com.freelync.control.api.stream.ChunkStream;
import com.freelync.control.api.stream.EventStream;
import com.freelync.control.api.stream.StreamReaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The readers of the stream of settings: all share an event's bytes. */
public final class SettingStream implements AutoCloseable {
  /** The type of a stream of events. */
  static final String TYPE = StreamReaders.TYPE;

  private static final int MOST_SHARED = 100;

  /** Each costs a connection and some kilobytes. */
  private static final int MOST_READERS = 10_000;

  /** A server that has just started knows what holds at once, unless the database is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final LiveSettings settings;
  private final Clock clock;
  private final StreamReaders readers = new StreamReaders(MOST_READERS);
  private final Map<Long, byte[]> shared = new ConcurrentHashMap<>();

  public SettingStream(LiveSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** How many readers there are. */
  public int readers() {
    return readers.count();
  }

  /**
   * Serves a reader until it goes, or its token ends: it comes again with another one then.
   *
   * @param until when the token ends
   * @param after the last position that it knows; negative for none
   */
  Response serve(Instant until, long after) {
    if (!settings.awaitLoaded(PATIENCE)) {
      throw StreamReaders.unavailable();
    }
    return readers.serve(
        Duration.between(clock.instant(), until), (stream, answer) -> write(stream, answer, after));
  }

  private void write(EventStream stream, ChunkStream answer, long after) throws IOException {
    Consumer<LiveSetting> follower = setting -> stream.send(bytes(setting));
    try {
      LiveSettings.Beginning beginning = settings.follow(after, follower);
      for (LiveSetting setting : beginning.settings()) {
        answer.write(bytes(setting));
      }
      answer.write(
          EventStream.event(
              "ready", beginning.position(), "{\"position\":%d}".formatted(beginning.position())));
      stream.writeTo(answer);
    } finally {
      settings.leave(follower);
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
    readers.close();
  }
}

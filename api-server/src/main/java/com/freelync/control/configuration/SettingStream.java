package com.freelync.control.configuration;

import com.freelync.control.api.stream.EventStream;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The readers of the stream of settings: each has a virtual thread, and all share an event's bytes.
 */
public final class SettingStream implements AutoCloseable {
  /** The type of a stream of events. */
  static final String TYPE = "text/event-stream";

  private static final int MOST_SHARED = 100;

  private final LiveSettings settings;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private final Map<Long, byte[]> shared = new ConcurrentHashMap<>();
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

  public SettingStream(LiveSettings settings) {
    this.settings = settings;
  }

  /** How many readers there are. */
  public int readers() {
    return open.size();
  }

  /**
   * Serves a reader until it goes.
   *
   * @param after the last position that it knows; negative for none
   */
  void serve(AsyncResponse answer, long after) {
    StreamingOutput output =
        out -> {
          EventStream stream = new EventStream();
          Consumer<LiveSetting> follower = setting -> stream.send(bytes(setting));
          open.add(stream);
          try {
            LiveSettings.Beginning beginning = settings.follow(after, follower);
            for (LiveSetting setting : beginning.settings()) {
              out.write(bytes(setting));
            }
            out.write(
                EventStream.event(
                    "ready",
                    beginning.position(),
                    "{\"position\":%d}".formatted(beginning.position())));
            stream.writeTo(out);
          } finally {
            settings.leave(follower);
            open.remove(stream);
          }
        };
    readers.execute(
        () ->
            answer.resume(
                Response.ok(output, TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header("X-Accel-Buffering", "no")
                    .build()));
  }

  private byte[] bytes(LiveSetting setting) {
    if (shared.size() > MOST_SHARED) {
      shared.clear();
    }
    return shared.computeIfAbsent(
        setting.position(), position -> EventStream.event("config", position, setting.json()));
  }

  @Override
  public void close() {
    open.forEach(EventStream::end);
    readers.shutdownNow();
  }
}

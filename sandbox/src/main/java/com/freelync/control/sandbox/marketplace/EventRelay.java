package com.freelync.control.sandbox.marketplace;

import com.freelync.control.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the outbox to the control center's {@code POST /events}: at once when rung, in order, at
 * least once. While the control center is away it tries again, at most two seconds apart.
 */
final class EventRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);
  private static final int BATCH = 100;
  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Outbox outbox;
  private final Supplier<URI> api;
  private final Supplier<String> token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Semaphore doorbell = new Semaphore(1);
  private final Thread thread;
  private volatile boolean closed;

  EventRelay(Outbox outbox, Supplier<URI> api, Supplier<String> token) {
    this.outbox = outbox;
    this.api = api;
    this.token = token;
    this.thread = Thread.ofPlatform().daemon().name("event-relay").start(this::run);
  }

  /** Says that an event was committed. */
  void ring() {
    doorbell.release();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    http.shutdownNow();
  }

  private void run() {
    long pause = SHORTEST_PAUSE_MILLIS;
    while (!closed) {
      try {
        if (carry()) {
          pause = SHORTEST_PAUSE_MILLIS;
          // Rung at every commit; the time-out only heals a ring lost between two processes.
          boolean rung = doorbell.tryAcquire(LONGEST_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
          LOG.trace("rung: {}", rung);
          doorbell.drainPermits();
        } else {
          TimeUnit.MILLISECONDS.sleep(pause);
          pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Sends all that waits; false when the control center did not take it now. */
  private boolean carry() throws InterruptedException {
    try {
      List<Outbox.Waiting> waiting = outbox.oldest(BATCH);
      while (!waiting.isEmpty()) {
        if (!send(waiting)) {
          return false;
        }
        waiting = outbox.oldest(BATCH);
      }
      return true;
    } catch (SQLException | IOException | RuntimeException e) {
      if (!closed) {
        LOG.debug("Events wait: {}", e.toString());
      }
      return false;
    }
  }

  private boolean send(List<Outbox.Waiting> events)
      throws IOException, InterruptedException, SQLException {
    HttpResponse<String> answer = http.send(request(events), HttpResponse.BodyHandlers.ofString());
    int status = answer.statusCode();
    if (status / 100 == 2) {
      outbox.remove(events);
      return true;
    }
    if (status != 400 && status != 413 && status != 422) {
      LOG.warn("The control center answered {} to events; they wait", status);
      return false;
    }
    if (events.size() > 1) {
      return send(events.subList(0, events.size() / 2))
          && send(events.subList(events.size() / 2, events.size()));
    }
    // Repeating it could never help, and it would hold up all others.
    LOG.error("Event {} was refused for good: {}", events.getFirst().document(), answer.body());
    outbox.remove(events);
    return true;
  }

  private HttpRequest request(List<Outbox.Waiting> events) {
    byte[] batch = Json.write(events.stream().map(Outbox.Waiting::document).toList());
    return HttpRequest.newBuilder(api.get().resolve("/events"))
        .timeout(Duration.ofSeconds(10))
        .header("Content-Type", "application/cloudevents-batch+json")
        .header("Authorization", "Bearer " + token.get())
        .POST(HttpRequest.BodyPublishers.ofByteArray(batch))
        .build();
  }
}

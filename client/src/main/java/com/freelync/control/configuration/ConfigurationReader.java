package com.freelync.control.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a control center, kept current by its stream of changes. Reading one asks nobody:
 * while the control center is away the last known values go on. A secret is masked: a service that
 * needs it in clear asks for it by its own permission.
 */
public final class ConfigurationReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReader.class);

  /** The server shows life every 15 seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(40);

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final long SHORTEST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final Supplier<URI> server;
  private final Supplier<String> token;
  private final Map<String, SettingSnapshot> settings = new ConcurrentHashMap<>();
  private final List<Consumer<SettingSnapshot>> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("settings-watch").factory());
  private final Thread thread;
  private volatile @Nullable InputStream open;
  private volatile String last = "";
  private volatile long heardNanos;
  private volatile boolean isConnected;
  private volatile boolean isClosed;

  private ConfigurationReader(Supplier<URI> server, Supplier<String> token) {
    this.server = server;
    this.token = token;
    this.thread = Thread.ofPlatform().daemon().name("settings").unstarted(this::run);
  }

  /**
   * Begins to read; it comes back at once, and connects in the background.
   *
   * @param server the control center's address, asked at each connection
   * @param token a bearer token with {@code config.read}, asked at each connection
   */
  public static ConfigurationReader start(Supplier<URI> server, Supplier<String> token) {
    ConfigurationReader reader = new ConfigurationReader(server, token);
    reader.thread.start();
    reader.watch.scheduleWithFixedDelay(reader::endSilence, 5, 5, TimeUnit.SECONDS);
    return reader;
  }

  /** Waits until what holds is known; whether it is. */
  public boolean awaitReady(Duration atMost) throws InterruptedException {
    return ready.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether changes are heard right now; else the last known values are told. */
  public boolean isConnected() {
    return isConnected;
  }

  /** What holds of a setting; empty where nothing does, or nothing is known yet. */
  public Optional<SettingSnapshot> find(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** A number that holds; the other one where nothing is known. */
  public BigDecimal number(String key, BigDecimal otherwise) {
    return find(key).flatMap(SettingSnapshot::number).orElse(otherwise);
  }

  /** Tells of each change, on the reader's own thread; the listener must not block. */
  public void onChange(Consumer<SettingSnapshot> listener) {
    listeners.add(listener);
  }

  private void run() {
    long pause = SHORTEST_PAUSE_MILLIS;
    while (!isClosed) {
      long begun = System.nanoTime();
      try {
        follow();
      } catch (IOException | RuntimeException e) {
        LOG.debug("settings are not followed: {}", e.toString());
      } catch (InterruptedException e) {
        return;
      }
      isConnected = false;
      boolean lasted = System.nanoTime() - begun > Duration.ofSeconds(5).toNanos();
      pause = lasted ? SHORTEST_PAUSE_MILLIS : Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      try {
        // Not all readers at once come back to a server that was away.
        TimeUnit.MILLISECONDS.sleep(
            pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void follow() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.get().resolve("/config/stream"))
            .header("Authorization", "Bearer " + token.get())
            .header("Accept", "text/event-stream");
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<InputStream> answer = answer(request.build());
    try (InputStream stream = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new IOException("the control center answered " + answer.statusCode());
      }
      heardNanos = System.nanoTime();
      open = stream;
      new EventLines(stream, () -> heardNanos = System.nanoTime()).readAll(this::take);
    } finally {
      open = null;
    }
  }

  /** The beginning of the answer; who accepts and never answers is left. */
  private HttpResponse<InputStream> answer(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      throw new IOException("the control center does not answer", e);
    }
  }

  private void take(EventLines.Event event) {
    switch (event.name()) {
      case "config" -> takeSetting(event.data());
      case "ready" -> {
        isConnected = true;
        ready.countDown();
      }
      default -> LOG.debug("an event of another kind: {}", event.name());
    }
    // What holds at the beginning has no id of its own: a beginning that breaks off is begun again.
    if (!event.id().isEmpty()) {
      last = event.id();
    }
  }

  private void takeSetting(String data) {
    try {
      take(json.readTree(data));
    } catch (JsonProcessingException | RuntimeException e) {
      LOG.warn("a setting cannot be read, and is left as it was: {}", e.toString());
    }
  }

  private void take(JsonNode setting) {
    JsonNode object = setting.path("value");
    SettingSnapshot snapshot =
        new SettingSnapshot(
            setting.path("key").asText(),
            setting.path("version").asInt(),
            object.size() == 1 ? object.elements().next() : object,
            Instant.parse(setting.path("activated_at").asText()));
    // A server that lags behind tells nothing new.
    SettingSnapshot known = settings.get(snapshot.key());
    if (known == null || !known.activatedAt().isAfter(snapshot.activatedAt())) {
      settings.put(snapshot.key(), snapshot);
      listeners.forEach(listener -> tell(listener, snapshot));
    }
  }

  private static void tell(Consumer<SettingSnapshot> listener, SettingSnapshot snapshot) {
    try {
      listener.accept(snapshot);
    } catch (RuntimeException e) {
      LOG.warn("a listener failed on {}", snapshot.key(), e);
    }
  }

  /** A connection that is silent for too long leads nowhere. */
  private void endSilence() {
    InputStream stream = open;
    if (stream != null && System.nanoTime() - heardNanos > SILENCE.toNanos()) {
      close(stream);
    }
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      LOG.debug("a stream ended: {}", e.toString());
    }
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    watch.shutdownNow();
    InputStream stream = open;
    if (stream != null) {
      close(stream);
    }
    http.shutdownNow();
  }
}

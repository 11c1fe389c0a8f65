package com.freelync.control.benchmark.settings;

import com.freelync.control.ControlCenter;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.configuration.ConfigurationVersion;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.database.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads a setting from a server beside a bare resource; measures how long after a change is
 * committed another server, and a thousand readers of its stream, have it; and reads a past value
 * among 100,000 versions.
 */
public final class SettingsBenchmark {
  private static final String KEY = "commission.tier1.rate";
  private static final int CLIENTS = 16;
  private static final int READERS = 1_000;
  private static final int CHANGES = 20;
  private static final int VERSIONS = 100_000;
  private static final Duration SLICE = Duration.ofSeconds(4);
  private static final int ROUNDS = 5;

  private final ControlCenter control;
  private final URI first;
  private final URI second;
  private final URI bare;
  private final String token;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Over two servers of one database.
   *
   * @param bare the address of the bare resource
   * @param token of a service that may read settings
   */
  public SettingsBenchmark(ControlCenter control, URI first, URI second, URI bare, String token) {
    this.control = control;
    this.first = first;
    this.second = second;
    this.bare = bare;
    this.token = token;
  }

  /** Starts the bare server, which answers what the server answers. */
  public static URI bare(int port, int adminPort, URI issuer, URI jwks, byte[] bytes) {
    return BareServer.start(port, adminPort, issuer, jwks, bytes);
  }

  /** What a server answers to who reads the setting. */
  public static byte[] answer(URI server, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/config/" + KEY))
            .header("Authorization", "Bearer " + token)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Measures and prints. */
  public void run() {
    reads("GET a setting", null);
    reads("GET a setting that is known (304)", "\"v1\"");
    seen();
    readers();
    past();
  }

  private void reads(String name, @Nullable String known) {
    URI ours = first.resolve("/config/" + KEY);
    perSecond(ours, known);
    perSecond(bare, known);
    double mine = 0;
    double plain = 0;
    for (int round = 0; round < ROUNDS; round++) {
      mine += perSecond(ours, known) / ROUNDS;
      plain += perSecond(bare, known) / ROUNDS;
    }
    say("%-40s %,9.0f /s   bare %,9.0f /s   ratio %.2f", name, mine, plain, mine / plain);
  }

  private double perSecond(URI address, @Nullable String known) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
    if (known != null) {
      request.header("If-None-Match", known);
    }
    int expected = known == null ? 200 : 304;
    long begin = System.nanoTime();
    long end = begin + SLICE.toNanos();
    long calls = 0;
    List<HttpClient> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        clients.add(client);
        running.add(threads.submit(() -> call(client, request.build(), expected, end)));
      }
      for (Future<Long> one : running) {
        calls += result(one);
      }
    }
    clients.forEach(HttpClient::close);
    return calls / ((System.nanoTime() - begin) / 1e9);
  }

  private static long call(HttpClient client, HttpRequest request, int expected, long end)
      throws IOException, InterruptedException {
    long calls = 0;
    while (System.nanoTime() < end) {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != expected) {
        throw new IllegalStateException("answered " + answer.statusCode());
      }
      calls++;
    }
    return calls;
  }

  /** A version that is approved and waits to be activated. */
  private ConfigurationVersion approved(int value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("value", value);
    fields.put("change_reason", "a benchmark");
    ConfigurationVersion version =
        control
            .configuration
            .configurations
            .create(
                UUID.randomUUID(),
                new NewChange("benchmark.seen", "COMMISSION", fields, false),
                true,
                new Actor("admin-" + UUID.randomUUID(), null))
            .version();
    return control.configuration.configurations.decide(
        version.id(),
        new Approver("cfo", Set.of(new Role("CFO")), null),
        new NewWord(true, null, null));
  }

  private long activate(ConfigurationVersion version) {
    control.configuration.configurations.activate(
        version.id(), new Actor("admin-" + UUID.randomUUID(), null));
    return System.nanoTime();
  }

  /** From the commit until a GET of another server has it, asked without a pause. */
  private void seen() {
    List<Long> took = new ArrayList<>();
    HttpRequest request =
        HttpRequest.newBuilder(second.resolve("/config/benchmark.seen"))
            .header("Authorization", "Bearer " + token)
            .build();
    for (int i = 0; i < CHANGES; i++) {
      ConfigurationVersion version = approved(i);
      long committed = activate(version);
      String wanted = "\"version\":" + version.version() + ",";
      while (!text(request).contains(wanted)) {
        Thread.onSpinWait();
      }
      took.add(System.nanoTime() - committed);
    }
    say(
        "%-40s p50 %6.1f ms   p95 %6.1f ms",
        "a change is seen on another server", millis(took, 0.5), millis(took, 0.95));
  }

  private String text(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** From the commit until each of a thousand connected readers has read the event. */
  private void readers() {
    Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
    CountDownLatch ready = new CountDownLatch(READERS);
    List<Long> all = new ArrayList<>();
    // Its own kind of client: a thousand sockets, a virtual thread each.
    List<Socket> sockets = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        AutoCloseable ends = () -> close(sockets)) {
      for (int i = 0; i < READERS; i++) {
        Socket socket = connect();
        sockets.add(socket);
        threads.execute(() -> read(socket, ready, arrivals));
      }
      if (!ready.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException(ready.getCount() + " readers are not ready");
      }
      for (int i = 0; i < CHANGES; i++) {
        ConfigurationVersion version = approved(100 + i);
        arrivals.clear();
        long committed = activate(version);
        while (arrivals.size() < READERS) {
          Thread.sleep(1);
        }
        arrivals.forEach(arrived -> all.add(arrived - committed));
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    say(
        "%-40s p50 %6.1f ms   p95 %6.1f ms   last %6.1f ms",
        "a change reaches 1,000 readers", millis(all, 0.5), millis(all, 0.95), millis(all, 1));
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(second.getHost(), second.getPort());
    socket
        .getOutputStream()
        .write(
            ("GET /config/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + token
                    + "\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void read(Socket socket, CountDownLatch ready, Queue<Long> arrivals) {
    boolean isReady = false;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1_024)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("event: ready")) {
          isReady = true;
          ready.countDown();
        } else if (isReady && line.startsWith("data: {\"key\"")) {
          arrivals.add(System.nanoTime());
        }
      }
    } catch (IOException e) {
      // The benchmark is over.
    }
  }

  /** A value at a past instant, of a setting that has had so many. */
  private void past() {
    long median = medianOfPast();
    say("%-40s p50 %6.2f ms", "a value at a past instant, of 100,000", median / 1e6);
  }

  private long medianOfPast() {
    List<Long> took = new ArrayList<>();
    Instant begin = Instant.parse("2020-01-01T00:00:00Z");
    for (int i = 0; i < 500; i++) {
      Instant at = begin.plusSeconds(60L * (1 + (i * 7_919L) % (VERSIONS - 2)) + 30);
      HttpRequest request =
          HttpRequest.newBuilder(first.resolve("/config/benchmark.past?at=" + at))
              .header("Authorization", "Bearer " + token)
              .build();
      long asked = System.nanoTime();
      text(request);
      took.add(System.nanoTime() - asked);
    }
    long[] sorted = took.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Gives a setting a past of so many versions, a minute each; as the schema's owner. */
  public static void makePast(Database owner) {
    owner.transaction(
        transaction -> {
          Handle handle = transaction.handle();
          handle.execute("ALTER TABLE control.platform_config DISABLE TRIGGER USER");
          handle.execute(
              """
              INSERT INTO control.config_setting (key, category, latest_version, created_at)
              VALUES ('benchmark.past', 'SYSTEM', ?, now())
              """,
              VERSIONS);
          handle.execute(
              """
              INSERT INTO control.platform_config (id, key, version, value, status, change_reason, risk_level, impact,
                can_rollback, slots, content_hash, authors, created_by, created_at, updated_at, activated_at, ended_at)
              SELECT gen_random_uuid(), 'benchmark.past', n, to_jsonb(n), 'SUPERSEDED', 'past', 'low', '{}', true, '[]', '',
                     '{somebody}', 'somebody', t, t, t, t + interval '1 minute'
                FROM (SELECT n, timestamptz '2020-01-01T00:00:00Z' + n * interval '1 minute' AS t
                        FROM generate_series(1, ?) n) past
              """,
              VERSIONS);
          return handle.execute("ALTER TABLE control.platform_config ENABLE TRIGGER USER");
        });
  }

  private static double millis(List<Long> nanos, double share) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }

  private static void say(String line, Object... values) {
    System.out.println(String.format(Locale.ROOT, line, values));
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load failed", e);
    }
  }
}

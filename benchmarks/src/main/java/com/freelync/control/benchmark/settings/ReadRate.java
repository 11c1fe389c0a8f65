package com.freelync.control.benchmark.settings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** How often a second sixteen clients read a setting, beside a bare resource in turns. */
final class ReadRate {
  private static final int CLIENTS = 16;
  private static final Duration SLICE = Duration.ofSeconds(4);
  private static final int ROUNDS = 5;

  private final ServiceCalls calls;
  private final URI ours;
  private final URI bare;

  ReadRate(ServiceCalls calls, URI ours, URI bare) {
    this.calls = calls;
    this.ours = ours;
    this.bare = bare;
  }

  /**
   * Measures and prints.
   *
   * @param known the entity tag that the clients have already
   */
  void run(String name, @Nullable String known) {
    perSecond(ours, known);
    perSecond(bare, known);
    double mine = 0;
    double plain = 0;
    for (int round = 0; round < ROUNDS; round++) {
      mine += perSecond(ours, known) / ROUNDS;
      plain += perSecond(bare, known) / ROUNDS;
    }
    Figures.say("%-40s %,9.0f /s   bare %,9.0f /s   ratio %.2f", name, mine, plain, mine / plain);
  }

  private double perSecond(URI address, @Nullable String known) {
    HttpRequest.Builder request = calls.get(address);
    if (known != null) {
      request.header("If-None-Match", known);
    }
    int expected = known == null ? 200 : 304;
    long begin = System.nanoTime();
    long end = begin + SLICE.toNanos();
    long answered = 0;
    List<HttpClient> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        clients.add(client);
        running.add(threads.submit(() -> call(client, request.build(), expected, end)));
      }
      for (Future<Long> one : running) {
        answered += result(one);
      }
    }
    clients.forEach(HttpClient::close);
    return answered / ((System.nanoTime() - begin) / 1e9);
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

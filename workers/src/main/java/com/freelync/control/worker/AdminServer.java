package com.freelync.control.worker;

import com.freelync.control.database.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Liveness, readiness and metrics of a worker. */
final class AdminServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private AdminServer(HttpServer server) {
    this.server = server;
  }

  static AdminServer start(int port, Health health, PrometheusMeterRegistry registry) {
    try {
      String host = System.getenv().getOrDefault("ADMIN_HOST", "127.0.0.1");
      HttpServer http = HttpServer.create(new InetSocketAddress(host, port), 16);
      AdminServer admin = new AdminServer(http);
      http.setExecutor(admin.threads);
      http.createContext("/health/live", exchange -> json(exchange, 200, Map.of("status", "ok")));
      http.createContext(
          "/health/ready",
          exchange -> {
            Map<String, String> components = health.components();
            boolean ready = components.values().stream().allMatch("ok"::equals);
            json(
                exchange,
                ready ? 200 : 503,
                Map.of("status", ready ? "ok" : "not_ready", "components", components));
          });
      http.createContext(
          "/metrics",
          exchange -> answer(exchange, 200, "text/plain; version=0.0.4", registry.scrape()));
      http.start();
      return admin;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void json(HttpExchange exchange, int status, Map<String, ?> body)
      throws IOException {
    answer(exchange, status, "application/json", Json.write(body));
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}

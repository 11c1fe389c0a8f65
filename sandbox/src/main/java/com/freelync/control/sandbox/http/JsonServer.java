package com.freelync.control.sandbox.http;

import com.freelync.control.sandbox.postgres.FreePort;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server on 127.0.0.1: routes, JSON, problem documents for every error, a virtual
 * thread for each request.
 */
public final class JsonServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JsonServer.class);
  private static final int LARGEST_BODY = 1 << 20;

  static {
    // Without it the JDK's server sends head and body apart, and a client waits 40 ms for the rest.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Route> routes;
  private final CountDownLatch closing = new CountDownLatch(1);

  private JsonServer(HttpServer server, List<Route> routes) {
    this.server = server;
    this.routes = routes;
  }

  /** The routes of a server that does not run yet. */
  public static final class Builder {
    private final List<Route> routes = new ArrayList<>();

    /** Adds a route, such as {@code GET /payouts/{id}}. */
    public Builder on(String methodAndPath, HandlerFunction handler) {
      String[] parts = methodAndPath.split(" ", 2);
      routes.add(new Route(parts[0], Route.split(parts[1]), handler::handle));
      return this;
    }

    /** Starts it on the preferred port, or on a free one when that is busy (0 asks for any). */
    public JsonServer start(int preferredPort) {
      try {
        InetSocketAddress address =
            new InetSocketAddress("127.0.0.1", FreePort.preferably(preferredPort));
        HttpServer http = HttpServer.create(address, 1024);
        JsonServer server = new JsonServer(http, List.copyOf(routes));
        http.setExecutor(server.executor);
        http.createContext("/", server::handle);
        http.start();
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Answers a request; it may throw {@link Problem}. Anything else it throws becomes a 500. */
  @FunctionalInterface
  public interface HandlerFunction {
    /** Answers the request. */
    Answer handle(Request request) throws Exception;
  }

  /** Where it listens: {@code http://127.0.0.1:port}. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Stops at once. */
  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    executor.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (answer(exchange)) {
        case Answer.Body body -> send(exchange, body);
        case Answer.Silence silence -> hold(silence.held());
      }
    }
  }

  private Answer answer(HttpExchange exchange) {
    try {
      return dispatch(exchange);
    } catch (Problem problem) {
      return new Answer.Body(
          problem.status(), "application/problem+json", Json.write(problem.document()));
    } catch (Exception e) {
      LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      Problem problem = Problem.of(500, "internal error", "The simulator failed; see its log");
      return new Answer.Body(500, "application/problem+json", Json.write(problem.document()));
    }
  }

  private Answer dispatch(HttpExchange exchange) throws Exception {
    List<String> path = Route.split(exchange.getRequestURI().getRawPath());
    List<String> allowed = new ArrayList<>();
    for (Route route : routes) {
      Optional<Map<String, String>> named = route.match(path);
      if (named.isPresent() && route.method().equals(exchange.getRequestMethod())) {
        return route.handler().handle(request(exchange, named.get()));
      }
      named.ifPresent(match -> allowed.add(route.method()));
    }
    if (allowed.isEmpty()) {
      throw Problem.of(404, "not found", "There is no such address");
    }
    exchange.getResponseHeaders().set("Allow", String.join(", ", allowed));
    throw Problem.of(405, "method not allowed", "Allowed: " + String.join(", ", allowed));
  }

  /** Who is still sending when the connection closes never reads the answer. */
  private static void drain(InputStream body) throws IOException {
    long left = 16L * LARGEST_BODY;
    for (long read = body.skip(left); read > 0; read = body.skip(left)) {
      left -= read;
    }
  }

  private static Request request(HttpExchange exchange, Map<String, String> path)
      throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      drain(exchange.getRequestBody());
      throw Problem.of(413, "too large", "The body may have at most " + LARGEST_BODY + " bytes");
    }
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String parameter : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = parameter.split("=", 2);
      query.putIfAbsent(Route.decoded(parts[0]), parts.length == 2 ? Route.decoded(parts[1]) : "");
    }
    return new Request(exchange.getRequestHeaders(), path, query, body);
  }

  private static void send(HttpExchange exchange, Answer.Body body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", body.contentType());
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(body.status(), head ? -1 : body.content().length);
    if (!head) {
      exchange.getResponseBody().write(body.content());
    }
  }

  private void hold(Duration duration) {
    try {
      boolean stopped = closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("Held a connection without an answer; stopped by close: {}", stopped);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

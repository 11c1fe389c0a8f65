package com.freelync.control.local.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One process of ours from the jar of this build, on ports of its own that it keeps. */
final class JavaPart {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String module;
  private final Path log;
  private final Path points;
  private final int port = freePort();
  private final int adminPort = freePort();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> arguments = new ArrayList<>();
  private volatile Process process;

  private JavaPart(String module, Path log, Path points) {
    this.module = module;
    this.log = log;
    this.points = points;
  }

  static JavaPart of(Path home, String module, int number, Path points) {
    return new JavaPart(module, home.resolve(module + "-" + number + ".log"), points);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void environment(String name, Object value) {
    environment.put(name, value.toString());
  }

  JavaPart arguments(Object... values) {
    for (Object value : values) {
      arguments.add(value.toString());
    }
    return this;
  }

  int port() {
    return port;
  }

  int adminPort() {
    return adminPort;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  long pid() {
    return process.pid();
  }

  void start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dfreelync.failpoints=" + points);
    command.add("-jar");
    command.add(ROOT.resolve(module).resolve("target").resolve(module + ".jar").toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(log.getParent());
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void killAndStart() {
    kill();
    start();
  }

  /** Ends it as {@code kill -9} does; it stays away until it is started. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void awaitReady() {
    URI ready = URI.create("http://127.0.0.1:" + adminPort + "/health/ready");
    Awaitility.await(log.getFileName() + " is ready")
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(
            () ->
                HTTP.send(
                            HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build(),
                            HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                    == 200);
  }

  void close() {
    if (process != null) {
      kill();
    }
  }
}

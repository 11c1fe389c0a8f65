package com.freelync.control.benchmark.settings;

import com.freelync.control.configuration.ConfigurationVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** How long after a change is committed another server, and the readers of its stream, have it. */
final class ChangeNews {
  private static final int READERS = 1_000;
  private static final int CHANGES = 20;

  private final Changes changes;
  private final URI server;
  private final ServiceCalls calls;

  ChangeNews(Changes changes, URI server, ServiceCalls calls) {
    this.changes = changes;
    this.server = server;
    this.calls = calls;
  }

  /** From the commit until a GET of another server has it, asked without a pause. */
  void seen() {
    List<Long> took = new ArrayList<>();
    HttpRequest request = calls.get(server.resolve("/config/" + Changes.KEY)).build();
    for (int i = 0; i < CHANGES; i++) {
      ConfigurationVersion version = changes.approved(i);
      long committed = changes.activate(version);
      String wanted = "\"version\":" + version.version() + ",";
      while (!calls.text(request).contains(wanted)) {
        Thread.onSpinWait();
      }
      took.add(System.nanoTime() - committed);
    }
    Figures.say(
        "%-40s p50 %6.1f ms   p95 %6.1f ms",
        "a change is seen on another server",
        Figures.millis(took, 0.5),
        Figures.millis(took, 0.95));
  }

  /** From the commit until each of a thousand connected readers has read the event. */
  void readers() {
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
        ConfigurationVersion version = changes.approved(100 + i);
        arrivals.clear();
        long committed = changes.activate(version);
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
    Figures.say(
        "%-40s p50 %6.1f ms   p95 %6.1f ms   last %6.1f ms",
        "a change reaches 1,000 readers",
        Figures.millis(all, 0.5),
        Figures.millis(all, 0.95),
        Figures.millis(all, 1));
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket
        .getOutputStream()
        .write(
            ("GET /config/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + calls.token()
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
}

package com.freelync.control.sandbox.temporal;

import com.freelync.control.sandbox.postgres.FreePort;
import com.freelync.control.sandbox.process.Forks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real Temporal server with its UI, as a child process on 127.0.0.1 with the namespace {@code
 * default}, the control center's search attributes, and the settings that ARCHITECTURE measured.
 * Its state is {@code temporal.db} in the state directory, kept between runs; its log is {@code
 * temporal.log} there.
 */
public final class TemporalDevServer implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final Process server;
  private final int port;
  private final int uiPort;

  private TemporalDevServer(Process server, int port, int uiPort) {
    this.server = server;
    this.port = port;
    this.uiPort = uiPort;
  }

  /**
   * Starts the server, installing it first when this machine has none ({@link TemporalCommand}),
   * and returns when it takes requests.
   *
   * @param preferredPort taken when free, else another one; 0 for any
   * @throws IllegalStateException when it does not come up (the message names its log)
   */
  public static TemporalDevServer start(
      Path stateDirectory, int preferredPort, int preferredUiPort) {
    return start(stateDirectory, preferredPort, preferredUiPort, new Forks());
  }

  /** Like {@link #start(Path, int, int)}, with its processes among the given ones. */
  public static TemporalDevServer start(
      Path stateDirectory, int preferredPort, int preferredUiPort, Forks forks) {
    TemporalCommand command = TemporalCommand.ofThisMachine(forks);
    return start(command, stateDirectory, preferredPort, preferredUiPort, forks);
  }

  /** Like {@link #start(Path, int, int, Forks)}, with the command to use. */
  static TemporalDevServer start(
      TemporalCommand command,
      Path stateDirectory,
      int preferredPort,
      int preferredUiPort,
      Forks forks) {
    try {
      Files.createDirectories(stateDirectory);
      int port = FreePort.preferably(preferredPort);
      int uiPort = FreePort.preferably(preferredUiPort);
      Path log = stateDirectory.resolve("temporal.log");
      Process server =
          forks.start(
              new ProcessBuilder(arguments(command.get(), stateDirectory, port, uiPort))
                  .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
      TemporalDevServer started = new TemporalDevServer(server, port, uiPort);
      started.awaitReady(log);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> arguments(Path program, Path directory, int port, int uiPort) {
    return List.of(
        program.toString(),
        "server",
        "start-dev",
        "--ip",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--ui-port",
        Integer.toString(uiPort),
        "--ui-ip",
        "127.0.0.1",
        "--db-filename",
        directory.resolve("temporal.db").toString(),
        "--log-level",
        "warn",
        "--dynamic-config-value",
        "history.transferProcessorMaxPollRPS=1000",
        "--dynamic-config-value",
        "system.enableActivityEagerExecution=true",
        "--sqlite-pragma",
        "journal_mode=wal",
        "--sqlite-pragma",
        "synchronous=1",
        "--search-attribute",
        "ControlCapability=Keyword",
        "--search-attribute",
        "AutomationName=Keyword",
        "--search-attribute",
        "TriggeredBy=Keyword",
        "--search-attribute",
        "AwaitingApproval=Keyword",
        "--search-attribute",
        "Simulated=Bool");
  }

  /** Where clients connect: {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Where the UI is: {@code http://127.0.0.1:port}. */
  public String uiAddress() {
    return "http://127.0.0.1:" + uiPort;
  }

  /** The server's process id. */
  public long pid() {
    return server.pid();
  }

  /** Ends this server's own process; calling it again does nothing. */
  @Override
  public void close() {
    server.destroy();
    try {
      server.onExit().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      server.destroyForcibly();
    }
  }

  /**
   * The dev server opens its ports one after another, and the namespace and search attributes are
   * made before it starts serving them: both ports answering, the UI with its namespace list.
   */
  private void awaitReady(Path log) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!answers(port) || !UiProbe.listsNamespaces(uiAddress())) {
      if (!server.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException("Temporal did not start; see " + log);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while Temporal was starting", e);
      }
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

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

  /**
   * A port that was free may be taken before the server listens on it: it has half a dozen besides
   * the two that it is given, and ends when it loses one.
   */
  private static final int ATTEMPTS = 3;

  /** So much of its log is in the message when it does not come up. */
  private static final int LOG_TAIL = 2_000;

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
      Path program = command.get();
      Path log = stateDirectory.resolve("temporal.log");
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        int port = FreePort.preferably(preferredPort);
        int uiPort = FreePort.preferably(preferredUiPort);
        Process server =
            forks.start(
                new ProcessBuilder(arguments(program, stateDirectory, port, uiPort))
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        TemporalDevServer started = new TemporalDevServer(server, port, uiPort);
        if (started.comesUp(log)) {
          return started;
        }
      }
      throw new IllegalStateException(notStarted(log));
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
   *
   * @return false when it ended instead
   */
  private boolean comesUp(Path log) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!answers(port) || !UiProbe.listsNamespaces(uiAddress())) {
      if (!server.isAlive()) {
        return false;
      }
      if (System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException(notStarted(log));
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while Temporal was starting", e);
      }
    }
    return true;
  }

  private static String notStarted(Path log) {
    String said;
    try {
      said = Files.readString(log);
    } catch (IOException e) {
      said = "";
    }
    return "Temporal did not start; see %s, which ends with:%n%s"
        .formatted(log, said.substring(Math.max(0, said.length() - LOG_TAIL)));
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

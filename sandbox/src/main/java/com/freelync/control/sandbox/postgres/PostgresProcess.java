package com.freelync.control.sandbox.postgres;

import com.freelync.control.sandbox.process.Forks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server's programs, run for one cluster directory. */
final class PostgresProcess {
  private final Path home;
  private final Path cluster;
  private final Path log;
  private final Forks forks;

  PostgresProcess(Path home, Path cluster, Path log, Forks forks) {
    this.home = home;
    this.cluster = cluster;
    this.log = log;
    this.forks = forks;
  }

  /** Makes the cluster: UTF-8, the same sort order on every machine, scram only. */
  void initialise(Path superuserPassword) throws IOException {
    succeed(
        "initdb",
        forks.start(
            builder(
                command(
                    "initdb",
                    "-D",
                    cluster.toString(),
                    "-U",
                    "postgres",
                    "--pwfile=" + superuserPassword,
                    "-A",
                    "scram-sha-256",
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-sync"))));
  }

  /** Starts the server with the given settings ({@code name=value}). */
  Process start(List<String> settings) throws IOException {
    List<String> command = command("postgres", "-D", cluster.toString());
    for (String setting : settings) {
      command.add("-c");
      command.add(setting);
    }
    return forks.start(builder(command));
  }

  /** Ends the server fast: clients are cut off, what they had not committed is rolled back. */
  void stop(ProcessHandle server) throws IOException {
    if (!server.isAlive()) {
      return;
    }
    // Not one of the forks: it stops a server after they were closed, too.
    succeed(
        "pg_ctl", builder(command("pg_ctl", "kill", "INT", Long.toString(server.pid()))).start());
    try {
      server.onExit().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      server.destroyForcibly();
    }
  }

  /**
   * Clears what an earlier, killed process left: a server that still runs on this directory is
   * stopped; a pid file whose process is gone, or is by now some other program, is removed.
   */
  void clearLeftovers() throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<ProcessHandle> server =
        Files.readAllLines(pidFile).stream()
            .findFirst()
            .flatMap(line -> ProcessHandle.of(Long.parseLong(line.trim())))
            .filter(this::isOurServer);
    if (server.isPresent()) {
      stop(server.get());
    }
    Files.deleteIfExists(pidFile);
  }

  private boolean isOurServer(ProcessHandle process) {
    String commandLine =
        process.info().commandLine().orElseGet(() -> process.info().command().orElse(""));
    return commandLine.contains(home.resolve("bin/postgres").toString());
  }

  private void succeed(String program, Process process) throws IOException {
    try {
      if (process.waitFor() != 0) {
        throw new IOException(program + " failed; see " + log);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted during " + program, e);
    }
  }

  /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that. */
  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.add("unshare");
      command.add("-U");
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private ProcessBuilder builder(List<String> command) {
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }
}

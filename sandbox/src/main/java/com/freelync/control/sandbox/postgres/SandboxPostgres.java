package com.freelync.control.sandbox.postgres;

import com.freelync.control.sandbox.process.Forks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server for one machine: one cluster in a directory that is kept between runs,
 * the login roles of {@code docker/postgres/roles.sql} with a generated password each, scram only,
 * bound to 127.0.0.1, and the database {@code freelync}.
 *
 * <p>In the directory: {@code cluster} (the data), {@code passwords.properties} (mode 0600), {@code
 * postgres.log}. One process at a time may use a directory; what a killed one left is cleared.
 */
public final class SandboxPostgres implements AutoCloseable {
  /** The database of the control center. */
  public static final String DATABASE = "freelync";

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final PostgresProcess programs;
  private final Process server;
  private final int port;
  private final RolePasswords passwords;
  private final FileLock lock;
  private final @Nullable Path deleteAtClose;

  private SandboxPostgres(
      PostgresProcess programs,
      Process server,
      int port,
      RolePasswords passwords,
      FileLock lock,
      @Nullable Path deleteAtClose) {
    this.programs = programs;
    this.server = server;
    this.port = port;
    this.passwords = passwords;
    this.lock = lock;
    this.deleteAtClose = deleteAtClose;
  }

  /**
   * Starts on data that is kept.
   *
   * @param preferredPort taken when it is free, else another one; 0 for any
   * @throws IllegalStateException when another process uses the directory, or the server does not
   *     come up (the message names its log)
   */
  public static SandboxPostgres start(Path dataDirectory, int preferredPort) {
    return start(dataDirectory, preferredPort, new Forks());
  }

  /** Like {@link #start(Path, int)}, with its processes among the given ones. */
  public static SandboxPostgres start(Path dataDirectory, int preferredPort, Forks forks) {
    return start(dataDirectory, preferredPort, PostgresOptions.kept(), null, forks);
  }

  /** Like {@link #start(Path, int)}, with options. */
  public static SandboxPostgres start(
      Path dataDirectory, int preferredPort, PostgresOptions options) {
    return start(dataDirectory, preferredPort, options, null, new Forks());
  }

  /**
   * Starts on a fresh temporary directory for tests, without fsync. It ends, and the directory is
   * deleted, at close or at the latest when the JVM ends.
   */
  public static SandboxPostgres temporary() {
    try {
      Path directory = Files.createTempDirectory("freelync-postgres-");
      SandboxPostgres postgres =
          start(directory, 0, PostgresOptions.forTests(), directory, new Forks());
      Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "stop-postgres"));
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SandboxPostgres start(
      Path dataDirectory,
      int preferredPort,
      PostgresOptions options,
      @Nullable Path deleteAtClose,
      Forks forks) {
    try {
      Path directory = Files.createDirectories(dataDirectory.toAbsolutePath());
      FileLock lock = lock(directory);
      RolePasswords passwords =
          RolePasswords.readOrCreate(directory.resolve("passwords.properties"));
      Path cluster = directory.resolve("cluster");
      Path log = directory.resolve("postgres.log");
      PostgresProcess programs =
          new PostgresProcess(PostgresBinaries.unpacked(Directories.cache()), cluster, log, forks);
      if (Files.exists(cluster.resolve("freelync.ready"))) {
        programs.clearLeftovers();
      } else {
        create(directory, cluster, programs, passwords);
      }
      int port = FreePort.preferably(preferredPort);
      Process server = programs.start(options.settings(port));
      SandboxPostgres postgres =
          new SandboxPostgres(programs, server, port, passwords, lock, deleteAtClose);
      postgres.awaitAndPrepare(log);
      Files.writeString(cluster.resolve("freelync.ready"), "");
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileLock lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very JVM: answered like any other holder.
    }
    channel.close();
    throw new IllegalStateException("Another process uses the PostgreSQL data in " + directory);
  }

  /** A cluster without its mark was never finished: it is made anew. */
  private static void create(
      Path directory, Path cluster, PostgresProcess programs, RolePasswords passwords)
      throws IOException {
    if (Files.exists(cluster)) {
      programs.clearLeftovers();
      Directories.delete(cluster);
    }
    Path passwordFile = Files.createTempFile(directory, "initdb", ".password");
    try {
      Files.writeString(passwordFile, passwords.of("postgres"));
      programs.initialise(passwordFile);
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.writeString(cluster.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
  }

  /** The port it listens on, at 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The server's process id. */
  public long pid() {
    return server.pid();
  }

  /**
   * The password of a login role.
   *
   * @throws IllegalArgumentException when there is no such role
   */
  public String password(String role) {
    return passwords.of(role);
  }

  /** The JDBC address of a database, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A connection as one of the roles; the caller closes it. */
  public Connection connect(String database, String role) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), role, password(role));
  }

  /**
   * Makes a database that the roles may enter, empty or as a copy of {@code template} (to which
   * nobody may be connected then). Does nothing when it exists.
   */
  public void createDatabase(String name, @Nullable String template) {
    try {
      try (Connection connection = connect("postgres", "postgres");
          Statement statement = connection.createStatement()) {
        String quoted = statement.enquoteIdentifier(name, true);
        if (!exists(statement, name)) {
          String from =
              statement.enquoteIdentifier(template == null ? "template0" : template, true);
          statement.execute("CREATE DATABASE " + quoted + " TEMPLATE " + from);
        }
      }
      runResource(name, "database.sql");
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create the database " + name, e);
    }
  }

  /** Drops a database with whoever is connected to it; does nothing when it does not exist. */
  public void dropDatabase(String name) {
    try (Connection connection = connect("postgres", "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "DROP DATABASE IF EXISTS " + statement.enquoteIdentifier(name, true) + " WITH (FORCE)");
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot drop the database " + name, e);
    }
  }

  /** Ends the server fast; calling it again does nothing. */
  @Override
  public synchronized void close() {
    try {
      programs.stop(server.toHandle());
      lock.acquiredBy().close();
      if (deleteAtClose != null) {
        Directories.delete(deleteAtClose);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets the server without ending it, as a killed process does. For tests. */
  void abandon() throws IOException {
    lock.acquiredBy().close();
  }

  private void awaitAndPrepare(Path log) throws IOException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (true) {
      try (Connection connection = connect("postgres", "postgres")) {
        break;
      } catch (SQLException e) {
        if (!server.isAlive() || System.nanoTime() > deadline) {
          close();
          throw new IllegalStateException("PostgreSQL did not start; see " + log, e);
        }
        pause();
      }
    }
    try {
      runResource("postgres", "roles.sql");
      setPasswords();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot prepare PostgreSQL's roles", e);
    }
    createDatabase(DATABASE, null);
  }

  private void setPasswords() throws SQLException {
    try (Connection connection = connect("postgres", "postgres");
        Statement statement = connection.createStatement()) {
      for (String role : RolePasswords.ROLES) {
        statement.addBatch("ALTER ROLE " + role + " PASSWORD '" + passwords.of(role) + "'");
      }
      statement.executeBatch();
    }
  }

  private void runResource(String database, String resource) throws SQLException {
    try (InputStream in = SandboxPostgres.class.getResourceAsStream(resource);
        Connection connection = connect(database, "postgres");
        Statement statement = connection.createStatement()) {
      if (in == null) {
        throw new IllegalStateException("Missing resource " + resource);
      }
      statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean exists(Statement statement, String database) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT FROM pg_database WHERE datname = " + statement.enquoteLiteral(database))) {
      return rows.next();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while PostgreSQL was starting", e);
    }
  }
}

package com.freelync.control.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("OP-1: a real PostgreSQL for one machine")
class SandboxPostgresTest {
  private static final PostgresOptions FAST = PostgresOptions.forTests();

  @TempDir Path directory;

  @Test
  void everyRoleLogsInWithItsOwnPasswordOnly() throws SQLException {
    try (var postgres = SandboxPostgres.start(directory, 0, FAST)) {
      for (String role : RolePasswords.ROLES) {
        postgres.connect("freelync", role).close();
      }
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                      postgres.jdbcUrl("freelync"),
                      "control_api",
                      postgres.password("control_worker")))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void thePasswordFileBelongsToItsOwnerAlone() throws Exception {
    try (var postgres = SandboxPostgres.start(directory, 0, FAST)) {
      assertThat(postgres.pid()).isPositive();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("passwords.properties"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void dataAndPasswordsAreKeptBetweenRuns() throws SQLException {
    String password;
    try (var postgres = SandboxPostgres.start(directory, 0, FAST)) {
      password = postgres.password("gateway");
      execute(postgres, "gateway", "CREATE SCHEMA gateway CREATE TABLE kept (id int)");
    }
    try (var postgres = SandboxPostgres.start(directory, 0, FAST)) {
      assertThat(postgres.password("gateway")).isEqualTo(password);
      execute(postgres, "gateway", "INSERT INTO gateway.kept VALUES (1)");
    }
  }

  @Test
  void aServerThatAKilledProcessLeftBehindIsReplaced() throws Exception {
    var first = SandboxPostgres.start(directory, 0, FAST);
    execute(first, "gateway", "CREATE SCHEMA gateway CREATE TABLE kept (id int)");
    first.abandon();
    try (var second = SandboxPostgres.start(directory, 0, FAST)) {
      assertThat(ProcessHandle.of(first.pid())).isEmpty();
      execute(second, "gateway", "INSERT INTO gateway.kept VALUES (1)");
    }
  }

  @Test
  void aPidFileOfAnotherProgramIsIgnored() throws Exception {
    SandboxPostgres.start(directory, 0, FAST).close();
    Path pidFile = directory.resolve("cluster/postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
    try (var postgres = SandboxPostgres.start(directory, 0, FAST)) {
      assertThat(postgres.pid()).isNotEqualTo(ProcessHandle.current().pid());
    }
  }

  @Test
  void twoProcessesCannotShareADirectory() {
    try (var postgres = SandboxPostgres.start(directory, 0, FAST)) {
      assertThat(postgres.port()).isPositive();
      assertThatThrownBy(() -> SandboxPostgres.start(directory, 0, FAST))
          .hasMessageContaining("Another process uses");
    }
  }

  @Test
  void aBusyPortIsReplacedByAFreeOne() throws Exception {
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var postgres = SandboxPostgres.start(directory, busy.getLocalPort(), FAST)) {
      assertThat(postgres.port()).isNotEqualTo(busy.getLocalPort());
    }
  }

  @Test
  void aDatabaseIsCopiedFromATemplate() throws SQLException {
    try (var postgres = SandboxPostgres.start(directory, 0, FAST)) {
      execute(postgres, "gateway", "CREATE SCHEMA gateway CREATE TABLE copied (id int)");
      postgres.createDatabase("copy", "freelync");
      try (Connection connection = postgres.connect("copy", "gateway")) {
        connection.createStatement().execute("INSERT INTO gateway.copied VALUES (1)");
      }
      postgres.dropDatabase("copy");
      assertThatThrownBy(() -> postgres.connect("copy", "gateway"))
          .hasMessageContaining("does not exist");
    }
  }

  private static void execute(SandboxPostgres postgres, String role, String sql)
      throws SQLException {
    try (Connection connection = postgres.connect("freelync", role)) {
      connection.createStatement().execute(sql);
    }
  }
}

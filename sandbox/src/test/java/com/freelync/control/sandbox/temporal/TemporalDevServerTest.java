package com.freelync.control.sandbox.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.sandbox.process.Forks;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("OP-1: a real Temporal server for one machine")
class TemporalDevServerTest {
  @TempDir Path directory;

  @Test
  void comesUpWithTheSearchAttributesAndOnAFreePortWhenItsOwnIsBusy() throws Exception {
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var temporal = TemporalDevServer.start(directory, busy.getLocalPort(), 0)) {
      assertThat(temporal.address())
          .startsWith("127.0.0.1:")
          .isNotEqualTo("127.0.0.1:" + busy.getLocalPort());
      assertThat(UiProbe.get(temporal.uiAddress() + "/api/v1/namespaces/default/search-attributes"))
          .contains(
              "ControlCapability",
              "AutomationName",
              "TriggeredBy",
              "AwaitingApproval",
              "Simulated");
      temporal.close();
      assertThat(ProcessHandle.of(temporal.pid())).isEmpty();
    }
  }

  @Test
  void theProgramIsTakenFromWhereItIsFoundFirst() throws Exception {
    Path second = program(directory.resolve("second"));
    program(directory.resolve("cache"));
    var command =
        new TemporalCommand(
            List.of(directory.resolve("first"), second.getParent()),
            directory.resolve("cache"),
            line -> {},
            new Forks());
    assertThat(command.get()).isEqualTo(second);
  }

  @Test
  void aServerThatDoesNotComeUpNamesItsLog() throws Exception {
    Path program = program(directory.resolve("bin"));
    List<String> progress = new ArrayList<>();
    Forks forks = new Forks();
    var command =
        new TemporalCommand(List.of(program.getParent()), directory, progress::add, forks);
    assertThatThrownBy(
            () -> TemporalDevServer.start(command, directory.resolve("state"), 0, 0, forks))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("temporal.log")
        .hasMessageContaining("no port left");
    assertThat(progress).isEmpty();
  }

  @Test
  void aServerThatLosesAPortStartsAgainOnOthers() throws Exception {
    Path temporal = TemporalCommand.ofThisMachine(new Forks()).get();
    Path taken = directory.resolve("taken");
    Path program =
        program(
            directory.resolve("bin"),
            "#!/bin/sh\n[ -e '%1$s' ] || { touch '%1$s'; exit 1; }\nexec '%2$s' \"$@\"\n"
                .formatted(taken, temporal));
    Forks forks = new Forks();
    var command = new TemporalCommand(List.of(program.getParent()), directory, line -> {}, forks);
    try (var server = TemporalDevServer.start(command, directory.resolve("state"), 0, 0, forks)) {
      assertThat(taken).exists();
      assertThat(UiProbe.listsNamespaces(server.uiAddress())).isTrue();
    }
  }

  private static Path program(Path directory) throws Exception {
    return program(directory, "#!/bin/sh\necho 'no port left'\nexit 1\n");
  }

  private static Path program(Path directory, String script) throws Exception {
    Files.createDirectories(directory);
    Path program = Files.writeString(directory.resolve("temporal"), script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }
}

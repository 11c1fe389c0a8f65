package com.freelync.control.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script where nothing is started: prerequisites, help, mistakes. */
@DisplayName("OP-1 ./control-center")
class ScriptTest {
  private static final Path SCRIPT = Path.of("../control-center").toAbsolutePath().normalize();
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "dirname",
          "env",
          "find",
          "grep",
          "head",
          "id",
          "mkdir",
          "readlink",
          "sed",
          "tail",
          "tr",
          "uname");

  @TempDir Path directory;

  @AfterEach
  void removeTools() throws IOException {
    for (String tool : TOOLS) {
      Files.deleteIfExists(directory.resolve("tools").resolve(tool));
    }
  }

  @Test
  void everyMissingPrerequisiteIsNamedAtOnceWithItsCure() throws Exception {
    Path copy = Files.copy(SCRIPT, directory.resolve("control-center"));

    Ran up = run(copy, Map.of("CONTROL_CENTER_JVMS", "/nowhere"), "up");

    assertThat(up.code()).isEqualTo(1);
    assertThat(up.output())
        .contains("missing: Maven", "missing: curl", "Cure:")
        .satisfiesAnyOf(
            text -> assertThat(text).contains("missing: Temporal", "TEMPORAL_ADDRESS"),
            text -> assertThat(Path.of("/usr/local/go/bin/go")).exists());
    assertThat(up.output()).contains("missing: a JDK 21 or newer");
  }

  @Test
  void anUnknownCommandExitsWithTwoAndHelp() throws Exception {
    Ran ran = run(SCRIPT, Map.of(), "fly");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.output()).contains("unknown command: fly", "./control-center up");
  }

  @Test
  void helpNamesEveryCommand() throws Exception {
    Ran ran = run(SCRIPT, Map.of(), "--help");

    assertThat(ran.code()).isZero();
    assertThat(ran.output())
        .contains("up", "down", "status", "logs", "token", "demo", "generate", "audit");
  }

  @Test
  void aTokenOfAStackThatDoesNotRunIsAnError() throws Exception {
    Ran ran = run(SCRIPT, Map.of(), "token", "cfo");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.output()).contains("nothing runs here");
  }

  private record Ran(int code, String output) {}

  /** Runs with a PATH on which only a few plain tools are. */
  private Ran run(Path script, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : TOOLS) {
      for (String place : List.of("/usr/bin/", "/bin/")) {
        if (Files.exists(Path.of(place + tool)) && !Files.exists(tools.resolve(tool))) {
          Files.createSymbolicLink(tools.resolve(tool), Path.of(place + tool));
        }
      }
    }
    var command = new java.util.ArrayList<String>();
    command.add(tools.resolve("bash").toString());
    command.add(script.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("CONTROL_CENTER_HOME", directory.resolve("home").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), output);
  }
}

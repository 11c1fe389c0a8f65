package com.freelync.control.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.sandbox.identity.TokenIssuer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up --nonsense|unknown option of up: '--nonsense'; allowed: --fresh --empty --detach",
        "up --detach later|unknown option of up: 'later'",
        "down --foo|unknown option of down: '--foo'; allowed: none",
        "demo --fast|unknown option of demo: '--fast'; allowed: none",
        "status --xml|unknown option of status: '--xml'; allowed: --json",
        "logs -n|unknown option of logs: '-n'; allowed: PART -f --follow",
        "logs api-server workers|unknown option of logs api-server: 'workers'",
        "token admin extra|unknown option of token admin: 'extra'; allowed: none",
        "token --raw|unknown option of token: '--raw'; allowed: PERSON",
        "token|whose?"
      })
  void whatACommandDoesNotKnowIsNamedWithWhatItDoes(String line, String message) throws Exception {
    Ran ran = run(SCRIPT, Map.of(), line.split(" "));

    assertThat(ran.output()).contains(message);
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void aTokenOfNobodyIsASentenceWithThoseThereAre() throws Exception {
    try (TokenIssuer issuer = TokenIssuer.start(directory.resolve("issuer"), 0)) {
      Path home = Files.createDirectories(directory.resolve("home"));
      Files.writeString(
          home.resolve("state.json"), "{\n  \"issuer\" : \"" + issuer.address() + "\"\n}\n");
      Map<String, String> withCurl = Map.of("PATH", System.getenv("PATH"));

      Ran nobody = run(SCRIPT, withCurl, "token", "nobody");
      Ran cfo = run(SCRIPT, withCurl, "token", "cfo");

      assertThat(nobody.code()).isEqualTo(1);
      assertThat(nobody.output().strip())
          .startsWith("nobody here is called 'nobody'; there are admin, ")
          .contains("cfo", "operator")
          .doesNotContain("{", "\"", "[");
      assertThat(cfo.code()).as(cfo.output()).isZero();
    }
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

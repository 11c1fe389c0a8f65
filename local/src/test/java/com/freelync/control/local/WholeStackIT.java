package com.freelync.control.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.local.process.ProcessIdentity;
import com.freelync.control.local.process.ProcessLedger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One life of the whole stack, from the jars of this build, as a person would run it. */
@Tag("system")
@DisplayName("OP-1 the whole stack")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeStackIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir static Path directory;

  private static Path home;
  private static Ran up;

  @BeforeAll
  static void startEverything() throws Exception {
    home = directory.resolve("home");
    up = run("up", "--detach");
  }

  @AfterAll
  static void endEverything() throws Exception {
    run("down");
  }

  @Test
  @Order(1)
  void upReturnsWhenEveryPartIsReady() throws Exception {
    assertThat(up.code()).as(up.output()).isZero();
    assertThat(up.output()).contains("The control center is ready", "./control-center demo");

    JsonNode status = status();

    assertThat(status.path("parts").findValuesAsText("name"))
        .containsExactlyInAnyOrder("postgres", "temporal", "sandbox", "api-server", "workers");
    assertThat(status.path("parts").findValuesAsText("state")).containsOnly("ready");
    assertThat(List.of("api", "admin", "temporal", "temporal_ui", "marketplace", "gateway"))
        .allMatch(status::hasNonNull);
    assertThat(status.path("database").asText()).startsWith("postgresql://control_reader:");
  }

  @Test
  @Order(2)
  void thePartsInheritNoDescriptorOfTheCaller() throws Exception {
    // The output of `up` reached its end although the parts go on: nobody else holds the pipe.
    assertThat(up.code()).isZero();
    assertThat(status().path("parts").findValuesAsText("state")).containsOnly("ready");
  }

  @Test
  @Order(3)
  void aTokenIsPrintedAloneAndFast() throws Exception {
    long start = System.nanoTime();

    Ran token = run("token", "cfo");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(token.output().strip()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    assertThat(run("token", "nobody").code()).isEqualTo(1);
  }

  @Test
  @Order(4)
  @DisplayName("PO-1 PO-2 AU-7 AU-14 the story of the payouts is as it should be, and again")
  void theDemoIsAsItShouldBe() throws Exception {
    for (int i = 0; i < 2; i++) {
      Ran demo = run("demo");
      assertThat(demo.code()).as(demo.output()).isZero();
      assertThat(demo.output()).contains("Every step is as it should be.");
    }
  }

  @Test
  @Order(4)
  @DisplayName("OP-1 the first walk of the README works as it stands")
  void theWalkOfTheReadmeWorks() throws Exception {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String walk = readme.substring(readme.indexOf("## A first walk"));
    String commands =
        Arrays.stream(walk.substring(0, walk.indexOf("\n## ", 1)).split("\n\n"))
            .filter(block -> block.matches("(?s)\\R? {4}[^{\"].*"))
            .map(String::stripIndent)
            .collect(Collectors.joining("\n"));
    assertThat(commands).contains("/payouts", "/dry-run");
    JsonNode status = status();
    String here =
        commands
            .replace("http://127.0.0.1:8090", status.path("marketplace").asText())
            .replace("http://127.0.0.1:8080", status.path("api").asText());

    Ran walked = run(List.of("bash", "-euo", "pipefail", "-c", here));

    assertThat(walked.code()).as(walked.output()).isZero();
    assertThat(walked.output())
        .contains(
            "\"status\":\"DISBURSED\"",
            "\"matched\":true",
            "is DISBURSED already",
            "\"why\":{\"roles\":[\"CFO\"]")
        .doesNotContain("/problems/");
  }

  @Test
  @Order(5)
  @DisplayName("SE-3: the story's audit log is sealed, exported, and verified without the stack")
  void theAuditLogIsVerifiedOffline() throws Exception {
    // What is left unsealed is the entry of the export itself.
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> export("first.ndjson").contains("\"unsealed\":1}"));
    String second = export("second.ndjson");
    Path first = directory.resolve("first.ndjson");
    Path file = directory.resolve("second.ndjson");

    Ran sound = run("audit", "verify", file.toString(), "--after", first.toString());

    assertThat(sound.code()).as(sound.output()).isZero();
    assertThat(sound.output()).contains("sound", "positions     1 to");
    Files.writeString(file, second.replaceFirst("payout.approve", "payout.reject!"));
    Ran changed = run("audit", "verify", file.toString());
    assertThat(changed.code()).as(changed.output()).isEqualTo(1);
    assertThat(changed.output()).contains("NOT what was written", "was changed");
  }

  @Test
  @Order(5)
  @DisplayName(
      "CF-6: no log, table, history, metric or answer of the stack holds a secret in clear")
  void aSecretIsNowhere() throws Exception {
    Map<String, String> tokens = new HashMap<>();
    for (String person : List.of("admin", "cto", "cfo", "marketplace")) {
      tokens.put(person, run("token", person).output().strip());
    }
    try (SecretWalk walk = new SecretWalk(status().path("api").asText(), tokens)) {
      walk.rightly();
      walk.wrongly();
      walk.metrics(status().path("admin").asText());
      assertThat(walk.filesWithIt(home)).isEmpty();
    }
  }

  private static String export(String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(status().path("api").asText() + "/admin/audit/export"))
            .header("Authorization", "Bearer " + run("token", "cfo").output().strip())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Files.writeString(directory.resolve(name), body);
      return body;
    }
  }

  @Test
  @Order(5)
  void aSecondUpSaysThatItRuns() throws Exception {
    Ran second = run("up", "--detach");

    assertThat(second.code()).isZero();
    assertThat(second.output()).contains("it is running already");
  }

  @Test
  @Order(6)
  void aPartThatIsKilledIsStartedAgainVisibly() throws Exception {
    long killed = pid("workers");

    ProcessHandle.of(killed).orElseThrow().destroyForcibly();

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> restarts("workers") == 1 && run("status").code() == 0);
    assertThat(pid("workers")).isNotEqualTo(killed);
  }

  @Test
  @Order(7)
  void afterAKilledSupervisorTheNextUpEndsItsPartsAndContinuesWithTheData() throws Exception {
    List<ProcessIdentity> before = running();
    long supervisor = status().path("supervisor").path("pid").longValue();
    ProcessHandle killed = ProcessHandle.of(supervisor).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().get(10, TimeUnit.SECONDS);
    assertThat(run("status").code()).isEqualTo(1);

    Ran again = run("up", "--detach");

    assertThat(again.code()).as(again.output()).isZero();
    assertThat(again.output())
        .contains("that an earlier run had left")
        .doesNotContain("sample marketplace of");
    assertThat(before).allMatch(process -> process.running().isEmpty());
  }

  @Test
  @Order(8)
  void downLeavesNoProcessBehind() throws Exception {
    List<ProcessIdentity> before = running();
    assertThat(before).hasSizeGreaterThanOrEqualTo(6);

    Ran down = run("down");

    assertThat(down.code()).as(down.output()).isZero();
    assertThat(before).allMatch(process -> process.running().isEmpty());
    assertThat(ProcessHandle.allProcesses().map(WholeStackIT::commandLine))
        .noneMatch(command -> command.contains(home.toString()));
    assertThat(run("status").output()).contains("nothing runs");
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  private static List<ProcessIdentity> running() {
    return ProcessLedger.open(home.resolve("processes")).running().stream()
        .map(ProcessLedger.Entry::identity)
        .toList();
  }

  private static JsonNode status() throws Exception {
    return new ObjectMapper().readTree(run("status", "--json").output());
  }

  private static JsonNode part(String name) throws Exception {
    for (JsonNode part : status().path("parts")) {
      if (part.path("name").asText().equals(name)) {
        return part;
      }
    }
    throw new AssertionError("no part " + name);
  }

  private static long pid(String name) throws Exception {
    return part(name).path("pid").longValue();
  }

  private static int restarts(String name) throws Exception {
    return part(name).path("restarts").intValue();
  }

  private record Ran(int code, String output) {}

  private static Ran run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("control-center").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static Ran run(List<String> command) throws IOException, InterruptedException {
    // The jars under test are those that this build has just made.
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
    builder.environment().put("CONTROL_CENTER_HOME", home.toString());
    builder.environment().put("CONTROL_CENTER_BUILD", "never");
    builder.environment().remove("TEMPORAL_ADDRESS");
    builder.redirectInput(Path.of("/dev/null").toFile());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), output);
  }
}

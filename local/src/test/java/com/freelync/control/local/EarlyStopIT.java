package com.freelync.control.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A person who changes their mind while the stack starts. */
@Tag("system")
class EarlyStopIT {
  private static final Path SCRIPT = Path.of("../control-center").toAbsolutePath().normalize();

  @TempDir Path directory;

  @TestFactory
  @DisplayName("OP-1 an up that is stopped while it starts leaves no process behind")
  Stream<DynamicTest> noProcessIsLeft() {
    return Stream.of("INT", "TERM")
        .flatMap(
            signal ->
                Arrays.stream(Moment.values())
                    .map(
                        moment ->
                            DynamicTest.dynamicTest(
                                signal + " when it " + moment.words,
                                () -> stopAt(moment, signal))));
  }

  private void stopAt(Moment moment, String signal) throws Exception {
    Path home = directory.resolve(moment + "-" + signal);
    ProcessBuilder builder =
        new ProcessBuilder(SCRIPT.toString(), "up")
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(
                Files.createFile(directory.resolve(home.getFileName() + ".out")).toFile());
    builder.environment().put("CONTROL_CENTER_HOME", home.toString());
    builder.environment().put("CONTROL_CENTER_BUILD", "never");
    builder.environment().remove("TEMPORAL_ADDRESS");
    Process up = builder.start();
    try {
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(60))
          .until(() -> moment.hasCome(home) || !up.isAlive());
      assertThat(up.isAlive()).as("up still starts").isTrue();

      new ProcessBuilder("kill", "-" + signal, Long.toString(up.pid())).start().waitFor();

      assertThat(up.waitFor(60, TimeUnit.SECONDS)).as("up ends").isTrue();
      assertThat(ProcessHandle.allProcesses().map(EarlyStopIT::commandLine))
          .noneMatch(command -> command.contains(home.toString()));
    } finally {
      ProcessHandle.allProcesses()
          .filter(process -> commandLine(process).contains(home.toString()))
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  private enum Moment {
    TAKES_ITS_HOME("takes its directory", "lock", ""),
    IS_WRITTEN_DOWN("is written down", "processes", "supervisor"),
    BEGINS_A_PART("begins its first part", "processes", "unnamed"),
    MAKES_THE_DATABASE("makes the database", "postgres/passwords.properties", ""),
    RUNS_THE_DATABASE("runs the database", "processes", "postgres");

    private final String words;
    private final String file;
    private final String text;

    Moment(String words, String file, String text) {
      this.words = words;
      this.file = file;
      this.text = text;
    }

    boolean hasCome(Path home) throws IOException {
      Path there = home.resolve(file);
      return Files.exists(there) && Files.readString(there).contains(text);
    }
  }
}

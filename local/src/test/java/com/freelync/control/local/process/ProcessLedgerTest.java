package com.freelync.control.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("OP-1 processes that were started here")
class ProcessLedgerTest {
  @TempDir Path directory;

  private final Process sleeper = sleeper();

  @AfterEach
  void end() {
    sleeper.destroyForcibly();
  }

  @Test
  void leftoversOfAKilledSupervisorAreFoundAndEnded() {
    Path file = directory.resolve("processes");
    ProcessLedger.open(file).record("workers", sleeper.toHandle());

    int ended = Ending.endLeftovers(ProcessLedger.open(file), Duration.ofSeconds(10));

    assertThat(ended).isEqualTo(1);
    assertThat(sleeper.isAlive()).isFalse();
    assertThat(ProcessLedger.open(file).running()).isEmpty();
  }

  @Test
  void anotherProcessWithTheSameIdIsLeftAlone() throws Exception {
    Path file = directory.resolve("processes");
    Files.writeString(file, "workers " + sleeper.pid() + " another-boot/1\n");

    int ended = Ending.endLeftovers(ProcessLedger.open(file), Duration.ofSeconds(10));

    assertThat(ended).isZero();
    assertThat(sleeper.isAlive()).isTrue();
  }

  @Test
  void aNameReplacesAnUnnamedEntryOfTheSameProcess() {
    ProcessLedger ledger = ProcessLedger.open(directory.resolve("processes"));

    ledger.record("unnamed", sleeper.toHandle());
    ledger.record("temporal", sleeper.toHandle());
    ledger.record("unnamed", sleeper.toHandle());

    assertThat(ledger.running()).extracting(ProcessLedger.Entry::name).containsExactly("temporal");
  }

  @Test
  void aLineThatWasCutOffNamesNobody() throws Exception {
    Path file = directory.resolve("processes");
    Files.write(file, List.of("workers 12", "postgres x y", ""));

    assertThat(ProcessLedger.open(file).running()).isEmpty();
  }

  @Test
  void anEndedProcessHasNoIdentity() throws Exception {
    ProcessIdentity identity = ProcessIdentity.of(sleeper.pid()).orElseThrow();
    assertThat(identity.running()).isPresent();

    sleeper.destroyForcibly().waitFor();

    assertThat(identity.running()).isEmpty();
    assertThat(ProcessIdentity.of(sleeper.pid())).isEmpty();
  }

  private static Process sleeper() {
    try {
      return new ProcessBuilder("sleep", "600").start();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

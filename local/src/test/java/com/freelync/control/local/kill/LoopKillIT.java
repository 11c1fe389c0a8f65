package com.freelync.control.local.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop over thousands of things while the workers that go over them are killed. */
@Tag("nightly")
class LoopKillIT {
  @TempDir static Path directory;
  private static Fleet fleet;

  @BeforeAll
  static void start() {
    // The mail server of the test loses connections to the workers that are killed.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
    fleet = new Fleet(directory);
  }

  @AfterAll
  static void stop() {
    fleet.close();
    Awaitility.reset();
  }

  @Test
  @DisplayName("AU-4: of 10,000 documents each owner is told once, through three kills")
  void tellsTenThousandOnce() {
    long runs = new DocumentLoop(fleet).over(10_000, 3, Duration.ofMinutes(40));
    assertThat(runs).as("the loop began its history anew").isGreaterThan(1);
  }
}

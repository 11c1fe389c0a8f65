package com.freelync.control.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.audit.chain.ExportVerifier;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("nightly")
class AuditRateTest {
  private static final int ROWS = 300_000;

  @TempDir Path directory;

  @Test
  @DisplayName("SE-3: sealing, exporting and verifying keep up with thousands of changes a second")
  void rates() throws IOException {
    try (AuditFixture log = new AuditFixture()) {
      long begun = System.nanoTime();
      for (int i = 0; i < ROWS; i += 50_000) {
        log.write(50_000, Instant.now());
      }
      begun = say("written (in bulk)", begun);
      assertThat(log.seal()).isEqualTo(ROWS);
      begun = say("sealed", begun);
      Path file = directory.resolve("audit.ndjson");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        new AuditExports(log.api, log.audit, log.trail, Clock.systemUTC())
            .begin(null, null, new Actor("cfo", null))
            .writeTo(out);
      }
      begun = say("exported, " + Files.size(file) / 1_000_000 + " MB,", begun);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        assertThat(ExportVerifier.verify(in, List.of()).count()).isEqualTo(ROWS);
      }
      say("verified", begun);
    }
  }

  private static long say(String what, long begun) {
    long now = System.nanoTime();
    System.out.printf(
        "audit: %d rows %s, %d a second%n", ROWS, what, ROWS * 1_000_000_000L / (now - begun));
    return now;
  }
}

package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerConfigurationTest {
  @TempDir Path directory;

  /** The shipped file, with values for what only the environment says. */
  private WorkerConfiguration read(String hosts) throws IOException {
    String shipped =
        Files.readString(Path.of("config", "control-center.yml"))
            .replace("${DATABASE_PASSWORD}", "p")
            .replace("${GATEWAY_API_KEY}", "k")
            .replace("${WEBHOOK_ALLOWED_HOSTS:-[]}", hosts);
    Path file = directory.resolve("worker.yml");
    Files.writeString(file, shipped);
    return WorkerApplication.read(file);
  }

  @Test
  @DisplayName("OP-2 SE-5: the shipped file lets webhooks go to the public Internet alone")
  void shipsClosed() throws IOException {
    WorkerConfiguration configuration = read("${WEBHOOK_ALLOWED_HOSTS:-[]}");
    assertThat(Objects.requireNonNull(configuration.webhooks()).allowedHosts()).isEmpty();
    assertThat(configuration.maxConcurrentTasks()).isPositive();
  }

  @Test
  @DisplayName("OP-2 SE-5: hosts that are allowed are named in one line")
  void namesHosts() throws IOException {
    assertThat(Objects.requireNonNull(read("[hooks.internal, 10.0.0.5]").webhooks()).allowedHosts())
        .containsExactly("hooks.internal", "10.0.0.5");
  }
}

package com.freelync.control.worker;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.JsonFormat;
import io.temporal.api.history.v1.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Keeps histories to be replayed, in the folder that HISTORIES names; without it, nothing. */
final class Histories {
  private static final Duration LONG = Duration.ofSeconds(60);

  private Histories() {}

  static void keep(RealWorker real, String name, String workflowId) {
    String folder = System.getenv("HISTORIES");
    if (folder == null) {
      return;
    }
    await()
        .atMost(LONG)
        .until(
            () ->
                !real.connection
                    .client()
                    .newUntypedWorkflowStub(workflowId)
                    .describe()
                    .getStatus()
                    .name()
                    .endsWith("RUNNING"));
    History history = real.connection.client().fetchHistory(workflowId).getHistory();
    try {
      Files.writeString(
          Path.of(folder, name + ".json"), JsonFormat.printer().print(history) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

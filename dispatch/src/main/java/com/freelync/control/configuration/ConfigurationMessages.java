package com.freelync.control.configuration;

import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import java.util.Map;
import java.util.UUID;

/** Starts and wakes the workflows of versions. */
public final class ConfigurationMessages {
  private final WorkflowClient client;

  public ConfigurationMessages(WorkflowClient client) {
    this.client = client;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(VersionSubject.WATCH, this::ring);
  }

  /**
   * One that is over is begun again: it looks into the database, and ends where nothing is left.
   */
  private void ring(OutboxMessage message) {
    UUID id = UUID.fromString(message.key());
    Starts.orSignalAgain(
        client,
        "ConfigurationChange",
        Starts.options(
            TaskQueues.CONFIGURATION,
            ConfigurationChange.temporalId(id),
            "configuration",
            "Follows a version of a setting until it holds or is given up",
            "Waits for people, for the instant and for what is calculated; the database says"
                + " what holds."),
        "changed",
        id);
  }
}

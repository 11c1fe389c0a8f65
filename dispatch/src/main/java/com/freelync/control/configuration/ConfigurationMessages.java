package com.freelync.control.configuration;

import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
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
        WorkflowOptions.newBuilder()
            .setTaskQueue(TaskQueues.CONFIGURATION)
            .setWorkflowId(ConfigurationChange.temporalId(id))
            .setTypedSearchAttributes(
                SearchAttributes.newBuilder()
                    .set(ControlAttributes.CAPABILITY, "configuration")
                    .set(ControlAttributes.SIMULATED, false)
                    .build())
            .setStaticSummary("Follows a version of a setting until it holds or is given up"),
        "changed",
        id);
  }
}

package com.freelync.control.configuration;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/**
 * The life of one version of a setting from its submission on: waits for people and for its
 * instant, sees it activated, and watches its guard. The database decides each step.
 */
@WorkflowInterface
public interface ConfigurationChange {
  /** Follows a version; how it ended. */
  @WorkflowMethod(name = "ConfigurationChange")
  String follow(UUID id);

  /** A doorbell: look into the database. It carries nothing and decides nothing. */
  @SignalMethod(name = "changed")
  void changed();

  /** The workflow id of a version. */
  static String temporalId(UUID id) {
    return "config/" + id;
  }
}

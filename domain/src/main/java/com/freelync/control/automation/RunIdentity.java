package com.freelync.control.automation;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which run acts, and on what it decided.
 *
 * @param executionId the execution
 * @param workflowId the automation
 * @param version the definition's version
 * @param triggeredBy who or what triggered it
 * @param facts the facts on which the intake decided
 * @param triggerData the trigger's data
 * @param requestId the HTTP request that led to the run
 */
public record RunIdentity(
    UUID executionId,
    UUID workflowId,
    int version,
    String triggeredBy,
    Map<String, Object> facts,
    Map<String, Object> triggerData,
    @Nullable String requestId) {
  /** How the run is named where it changes something. */
  public String actor() {
    return "automation:" + workflowId;
  }

  /** What the audit log says of each thing that the run does: which run, and who triggered it. */
  public Map<String, Object> trace() {
    return Map.of("execution_id", executionId.toString(), "triggered_by", triggeredBy);
  }
}

package com.freelync.control.automation;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a durable run is given. The definition and the facts are part of it, so a run keeps what it
 * started with. Nothing that it does believes them: its transactions read the database.
 *
 * @param executionId the execution
 * @param run 1, or more where an execution is retried
 * @param workflowId the automation
 * @param version the definition's version
 * @param name the automation's name
 * @param definition the definition as written
 * @param facts the facts that the intake decided on
 * @param triggerData as much of the trigger's data as the definition's steps name
 * @param triggeredBy the subject who triggered it
 * @param why the event's type, or a person's reason
 * @param entity what it is about, such as {@code payout/ID}
 * @param requestId the HTTP request that led to it
 */
public record RunInput(
    UUID executionId,
    int run,
    UUID workflowId,
    int version,
    String name,
    Map<String, Object> definition,
    Map<String, Object> facts,
    Map<String, Object> triggerData,
    String triggeredBy,
    @Nullable String why,
    @Nullable String entity,
    @Nullable String requestId) {
  /** The workflow's id, which says which execution it runs. */
  public String temporalId() {
    return temporalId(executionId, run);
  }

  /** The workflow id of an execution's run. */
  public static String temporalId(UUID executionId, int run) {
    return "execution/" + executionId + "/r" + run;
  }
}

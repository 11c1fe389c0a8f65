package com.freelync.control.automation;

import com.freelync.control.temporal.Texts;
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
 * @param recordsAtOnce whether an action with which the run begins, or ends, records that in its
 *     own transaction; false of runs that were started before it could
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
    @Nullable String requestId,
    boolean recordsAtOnce) {
  /** Of the reason of a person, in bytes. */
  private static final int LONGEST_WHY = 1_000;

  /** What the run of an execution is given. */
  public static RunInput of(RunStart start) {
    return new RunInput(
        start.executionId(),
        start.run(),
        start.workflowId(),
        start.version(),
        start.name(),
        start.document(),
        start.facts(),
        start.triggerData(),
        start.triggeredBy(),
        start.why() == null ? null : Texts.shortened(start.why(), LONGEST_WHY),
        start.entityType() == null ? null : start.entityType() + "/" + start.entityId(),
        start.requestId(),
        true);
  }

  /** The workflow's id, which says which execution it runs. */
  public String temporalId() {
    return temporalId(executionId, run);
  }

  /** The workflow id of an execution's run. */
  public static String temporalId(UUID executionId, int run) {
    return "execution/" + executionId + "/r" + run;
  }
}

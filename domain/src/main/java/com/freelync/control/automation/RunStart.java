package com.freelync.control.automation;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a durable run is given when it starts: the definition and the facts that were recorded with
 * the execution, so that it keeps what it started with.
 *
 * @param run 1, or more where an execution is retried
 * @param name the automation's name in this version
 * @param document the definition as written
 * @param facts the facts that the intake decided on
 * @param triggerData as much of the trigger's data as the definition's steps name
 * @param triggeredBy the subject who triggered it
 * @param why the event's type, or a person's reason
 * @param entityType what it is about, such as {@code payout}
 * @param requestId the HTTP request that led to it
 */
public record RunStart(
    UUID executionId,
    int run,
    UUID workflowId,
    int version,
    String name,
    Map<String, Object> document,
    Map<String, Object> facts,
    Map<String, Object> triggerData,
    String triggeredBy,
    @Nullable String why,
    @Nullable String entityType,
    @Nullable String entityId,
    @Nullable String requestId) {}

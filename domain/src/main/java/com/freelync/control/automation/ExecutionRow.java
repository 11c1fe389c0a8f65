package com.freelync.control.automation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One execution as it is kept; texts named {@code …Json} hold JSON.
 *
 * @param workflowName the automation's name in the version that runs
 * @param scheduledAt the instant of its schedule or its task's; null if no clock started it
 * @param taskId the scheduled task that started it
 */
public record ExecutionRow(
    UUID id,
    UUID workflowId,
    String workflowName,
    int workflowVersion,
    String status,
    String triggerType,
    String triggeredBy,
    @Nullable String why,
    @Nullable UUID eventId,
    @Nullable Instant scheduledAt,
    @Nullable UUID taskId,
    String triggerDataJson,
    @Nullable String entityType,
    @Nullable String entityId,
    String factsJson,
    String conditionsJson,
    @Nullable String reason,
    @Nullable String errorJson,
    int run,
    @Nullable String requestId,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant cancelRequestedAt,
    @Nullable String cancelRequestedBy,
    @Nullable String cancelReason,
    boolean cancelCompensates) {}

package com.freelync.control.automation.backtest;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backtest as it is stored.
 *
 * @param workflowId the automation whose version is tried; null for a definition that is not stored
 * @param otherJson the definition beside which it is tried; null if it is tried alone
 * @param done how many events of the period were looked at
 * @param stateJson what was found so far, in the form of {@link BacktestState}
 */
public record BacktestRow(
    UUID id,
    @Nullable UUID workflowId,
    @Nullable Integer version,
    String status,
    String definitionJson,
    @Nullable String otherJson,
    Instant fromAt,
    Instant toAt,
    long done,
    long total,
    String stateJson,
    @Nullable String problem,
    String createdBy,
    Instant createdAt,
    @Nullable Instant finishedAt) {}

package com.freelync.control.automation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One step of an execution as it is kept; texts named {@code …Json} hold JSON. */
public record StepRow(
    String path,
    String item,
    String action,
    String status,
    int attempts,
    String inputJson,
    @Nullable String outputJson,
    @Nullable String errorJson,
    Instant startedAt,
    @Nullable Instant finishedAt) {}

package com.freelync.control.automation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something for which an execution waits.
 *
 * @param since since when
 * @param until until when at the latest; null if nobody knows
 * @param reason in words
 * @param behind the execution that goes first; null if none is in its way
 */
public record ExecutionWait(
    WaitKind kind, Instant since, @Nullable Instant until, String reason, @Nullable UUID behind) {}

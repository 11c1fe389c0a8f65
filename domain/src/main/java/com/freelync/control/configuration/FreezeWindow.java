package com.freelync.control.configuration;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A time in which nothing is activated but rollbacks (CF-7).
 *
 * @param endsAt the first instant that does not belong to it
 */
public record FreezeWindow(
    UUID id,
    Instant beginsAt,
    Instant endsAt,
    String reason,
    String createdBy,
    Instant createdAt,
    @Nullable String cancelledBy,
    @Nullable Instant cancelledAt) {}

package com.freelync.control.alert;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a rule found about one subject, from its first occurrence until it is resolved.
 *
 * @param subject what it is about, such as {@code month:2026-02}
 * @param title the finding in one line
 * @param detailJson small facts of the last occurrence
 * @param reason what was said with the last move
 * @param revision grows with each change
 */
public record Alert(
    UUID id,
    String rule,
    String subject,
    AlertSeverity severity,
    AlertState state,
    String title,
    String detailJson,
    Instant firstAt,
    Instant lastAt,
    long occurrences,
    @Nullable String acknowledgedBy,
    @Nullable Instant acknowledgedAt,
    @Nullable String silencedBy,
    @Nullable Instant silencedUntil,
    @Nullable String resolvedBy,
    @Nullable Instant resolvedAt,
    @Nullable String reason,
    long revision) {}

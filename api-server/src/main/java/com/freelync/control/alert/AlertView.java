package com.freelync.control.alert;

import com.freelync.control.api.links.Links;
import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert as it is answered.
 *
 * @param subject what it is about, such as an automation's id
 * @param detail small facts of the last occurrence
 * @param reason what was said with the last move
 */
record AlertView(
    UUID id,
    String rule,
    String subject,
    String severity,
    AlertState state,
    String title,
    Map<String, Object> detail,
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
    Links links) {

  static AlertView of(Alert alert) {
    return new AlertView(
        alert.id(),
        alert.rule(),
        alert.subject(),
        alert.severity().wireName(),
        alert.state(),
        alert.title(),
        Json.readObject(alert.detailJson()),
        alert.firstAt(),
        alert.lastAt(),
        alert.occurrences(),
        alert.acknowledgedBy(),
        alert.acknowledgedAt(),
        alert.silencedBy(),
        alert.silencedUntil(),
        alert.resolvedBy(),
        alert.resolvedAt(),
        alert.reason(),
        Links.self("/admin/alerts/" + alert.id()));
  }
}

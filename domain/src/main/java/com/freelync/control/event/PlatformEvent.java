package com.freelync.control.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was sent (CloudEvents 1.0).
 *
 * @param source who sent it; with {@code id} its identity
 * @param id the sender's id of it
 * @param type what happened
 * @param subject what it happened to
 * @param time when it happened
 * @param data its data, an object
 */
public record PlatformEvent(
    String source,
    String id,
    String type,
    @Nullable String subject,
    @Nullable Instant time,
    Map<String, Object> data) {}

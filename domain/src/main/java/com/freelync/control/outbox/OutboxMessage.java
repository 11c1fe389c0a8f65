package com.freelync.control.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that must reach Temporal.
 *
 * @param id its row
 * @param topic which handler delivers it
 * @param key the business identity it is about, such as an execution's id
 * @param payload ids and small facts
 * @param requestId the HTTP request that led to it
 * @param attempts how often its delivery failed so far
 */
public record OutboxMessage(
    long id,
    String topic,
    String key,
    Map<String, Object> payload,
    @Nullable String requestId,
    int attempts) {}

package com.freelync.control.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to another system.
 *
 * @param channel {@code webhook} or {@code chat}
 * @param secret the setting that signs it; null for a chat that asks for none
 * @param actor on whose behalf
 * @param status OWED, SENT, REFUSED or FAILED
 * @param problem why it was not sent
 */
public record OutgoingMessage(
    UUID id,
    String channel,
    String url,
    String subject,
    String text,
    String link,
    @Nullable String secret,
    String actor,
    @Nullable String requestId,
    String status,
    @Nullable String problem,
    Instant createdAt) {
  /** Without address and words, which have no place in a log. */
  @Override
  public String toString() {
    return "OutgoingMessage[" + id + "]";
  }
}

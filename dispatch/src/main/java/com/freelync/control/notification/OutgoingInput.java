package com.freelync.control.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which message to another system is delivered. Address and words stay in the database. */
public record OutgoingInput(UUID messageId, @Nullable String requestId) {
  /** The workflow's id, which says which message it delivers. */
  public String temporalId() {
    return "outgoing/" + messageId;
  }
}

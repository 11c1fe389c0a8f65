package com.freelync.control.notification;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which inbox message is mailed. Address and words stay in the database. */
public record MailInput(UUID inboxId, @Nullable String requestId) {
  /** The workflow's id, which says which message it mails. */
  public String temporalId() {
    return "mail/" + inboxId;
  }
}

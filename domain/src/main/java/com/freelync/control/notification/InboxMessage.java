package com.freelync.control.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message in someone's inbox.
 *
 * @param mail what became of its mail: NONE, OWED, SENT or FAILED
 * @param readAt when its person marked it as read
 */
public record InboxMessage(
    UUID id,
    String kind,
    String subject,
    String text,
    String link,
    MailStatus mail,
    Instant createdAt,
    @Nullable Instant readAt) {
  /** Without its words, which have no place in a log. */
  @Override
  public String toString() {
    return "InboxMessage[" + id + "]";
  }

  /** What became of a message's mail. */
  public enum MailStatus {
    /** Its person has no address, or it is for the inbox alone. */
    NONE,
    /** It is on its way. */
    OWED,
    /** The mail server took it. */
    SENT,
    /** No mail server took it for a day. */
    FAILED
  }
}

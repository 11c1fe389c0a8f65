package com.freelync.control.notification;

import java.util.UUID;

/**
 * A mail to one person.
 *
 * @param inboxId the message that it repeats: its Message-ID is made of this, so that a mail which
 *     had to be sent again is recognised as the same
 * @param to the person's address
 * @param subject one line
 * @param text plain text
 * @param link where to go on: a path, an address, or empty
 */
public record Mail(UUID inboxId, String to, String subject, String text, String link) {
  /** Without address and words, which have no place in a log. */
  @Override
  public String toString() {
    return "Mail[" + inboxId + "]";
  }
}

package com.freelync.control.notification;

import io.temporal.activity.ActivityInterface;

/** What the delivery of a mail does. Nothing here takes or gives an address, a name or a word. */
@ActivityInterface(namePrefix = "Mail")
public interface MailActivities {
  /**
   * Sends the mail and marks it as sent. If the process dies between the two it is sent again, with
   * the same Message-ID.
   */
  Outcome send(MailInput input);

  /** Marks the mail as given up. */
  void giveUp(MailInput input);

  /** What came of a mail. */
  enum Outcome {
    /** A mail server took it. */
    SENT,
    /** It was sent before, or there is nobody any more whom it could reach. */
    NOT_NEEDED
  }
}

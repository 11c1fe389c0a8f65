package com.freelync.control.notification;

import io.temporal.activity.ActivityInterface;

/** What the delivery of a message to another system does. Nothing here is an address or a word. */
@ActivityInterface(namePrefix = "Outgoing")
public interface OutgoingActivities {
  /**
   * Delivers the message and marks what came of it. If the process dies between the two it is
   * delivered again, with the same webhook-id. Fails where it may be taken another time.
   */
  Outcome deliver(OutgoingInput input);

  /** Marks the message as given up. */
  void giveUp(OutgoingInput input);

  /** What came of a message. */
  enum Outcome {
    /** The other system took it. */
    SENT,
    /** It is refused for good. */
    REFUSED,
    /** It was settled before. */
    NOT_NEEDED
  }
}

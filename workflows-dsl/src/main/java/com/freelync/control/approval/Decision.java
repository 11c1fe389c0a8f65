package com.freelync.control.approval;

import java.util.List;

/** What the rule says of one more approval. */
public sealed interface Decision {
  /** Every slot is filled now. */
  record Complete(Given approval) implements Decision {}

  /** It counts, and these slots are still open. */
  record Waiting(Given approval, List<Slot> openSlots) implements Decision {
    public Waiting {
      openSlots = List.copyOf(openSlots);
    }
  }

  /** It does not count. */
  record Refused(Reason reason) implements Decision {}

  /** Why an approval does not count. */
  enum Reason {
    /** The person, or whom the person stands in for, made the change. */
    OWN_CHANGE,
    /** The person, or whom the person stands in for, approved it before. */
    ALREADY_APPROVED,
    /** No slot is left that asks for a role of the person. */
    NO_SLOT_FOR_ROLE
  }
}

package com.freelync.control.approval;

/** What became of a person's word. */
sealed interface Taken {
  record Counted(Approval approval) implements Taken {}

  record Settled(Approval approval) implements Taken {}

  record Refused(Approval approval, Decision.Reason reason) implements Taken {}

  record Changed(Approval approval) implements Taken {}
}

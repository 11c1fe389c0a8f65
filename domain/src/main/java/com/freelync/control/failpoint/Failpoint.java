package com.freelync.control.failpoint;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The writes, calls and commits on the way of a payout, an approval and a setting, by name. A
 * process passes them without looking unless a test started it with {@code
 * -Dfreelync.failpoints=DIRECTORY}.
 */
public enum Failpoint {
  /** Events are stored, not committed. */
  EVENTS_STORED,
  /** Executions and their messages are stored, not committed. */
  EXECUTIONS_RECORDED,
  /** Events are committed; nobody has been answered or told. */
  EVENTS_COMMITTED,
  /** A message of the outbox is about to be delivered. */
  MESSAGE_TAKEN,
  /** A run is started in Temporal; its message still stands. */
  RUN_STARTED,
  /** A transfer is started in Temporal; its message still stands. */
  TRANSFER_STARTED,
  /** Delivered messages are about to be forgotten. */
  MESSAGES_DELIVERED,
  /** Delivered messages are forgotten. */
  MESSAGES_FORGOTTEN,
  /** A run's beginning is committed. */
  RUN_BEGUN,
  /** A payout is APPROVED, its transfer not owed yet, nothing committed. */
  PAYOUT_APPROVED,
  /** A transfer is owed, not committed. */
  TRANSFER_OWED,
  /** A payout is REJECTED, not committed. */
  PAYOUT_REJECTED,
  /** A step is recorded with its effect, not committed. */
  STEP_RECORDED,
  /** A step is committed; Temporal does not know. */
  STEP_COMMITTED,
  /** Which way a condition went is committed; Temporal does not know. */
  CONDITION_RECORDED,
  /** A run's end is committed; Temporal does not know. */
  RUN_FINISHED,
  /** A question to people is stored and they are told, not committed. */
  APPROVAL_ASKED,
  /** A question is committed; Temporal does not know. */
  APPROVAL_ASK_COMMITTED,
  /** A person's word is stored, the outcome not. */
  WORD_STORED,
  /** An outcome and what follows from it are stored, not committed. */
  DECISION_STORED,
  /** An outcome is committed; neither the person nor the run knows. */
  DECISION_COMMITTED,
  /** The run's doorbell was rung; the message still stands. */
  DOORBELL_RUNG,
  /** A run has read the outcome; Temporal does not know. */
  DECISION_READ,
  /** A transfer is booked, not committed. */
  TRANSFER_BOOKED,
  /** A transfer is SENDING, committed; Temporal does not know. */
  TRANSFER_SENDING,
  /** The gateway is about to be asked. */
  GATEWAY_CALLED,
  /** The gateway has answered; nobody knows. */
  GATEWAY_ANSWERED,
  /** The gateway's answer is booked, not committed. */
  ANSWER_STORED,
  /** The gateway's answer is committed; Temporal does not know. */
  ANSWER_COMMITTED,
  /** A retry or a reversal is owed, not committed. */
  CORRECTION_STORED,
  /** A retry or a reversal is ASKING, committed; Temporal does not know. */
  CORRECTION_BEGUN,
  /** The gateway is about to be asked to take money back. */
  CORRECTION_CALLED,
  /** The gateway has taken money back, or said what it did; nobody knows. */
  CORRECTION_ANSWERED,
  /** A reversal is booked, not committed. */
  CORRECTION_BOOKED,
  /** A correction's end is committed; Temporal does not know. */
  CORRECTION_COMMITTED,
  /** A setting's old version has ended, the new one has not begun, nothing is committed. */
  CONFIG_ENDED,
  /** A setting's new version has begun, not committed. */
  CONFIG_ACTIVATED,
  /** How far a version has come is committed; Temporal does not know. */
  CONFIG_ADVANCED;

  private static final @Nullable Path DIRECTORY = directory();

  private static @Nullable Path directory() {
    String name = System.getProperty("freelync.failpoints");
    return name == null ? null : Path.of(name);
  }

  /** Passes it, or stops here for as long as a test wants. */
  public void reach() {
    if (DIRECTORY != null) {
      Stop.at(DIRECTORY, name());
    }
  }
}

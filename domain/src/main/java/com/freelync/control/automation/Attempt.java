package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.automation.safety.HeldUp;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an attempt at an action ended. */
public sealed interface Attempt {
  /** Done, now or by an earlier attempt. */
  record Done(Map<String, Object> output) implements Attempt {}

  /** The business refuses it; trying again changes nothing. */
  record Refused(String code, String reason) implements Attempt {}

  /** It is left out, as the definition says of a full limit. */
  record Skipped(String reason) implements Attempt {}

  /** People refused it. */
  record Rejected(String reason) implements Attempt {}

  /** The execution was cancelled before the step, or is over. */
  record Cancelled() implements Attempt {}

  /** It may begin, outside of the transaction. */
  record Begun() implements Attempt {}

  /** People are asked whether it may be done. */
  record Asks(Approval approval) implements Attempt {}

  /**
   * It may not act now, and is tried again.
   *
   * @param until when at the latest; null if nobody knows
   */
  record Waits(HeldUp.Hold hold, String reason, @Nullable Instant until) implements Attempt {}
}

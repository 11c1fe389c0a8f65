package com.freelync.control.automation.safety;

/** A circuit breaker has cooled down: one call tries whether the action works again. */
public final class TrialDue extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrialDue() {
    super("one call tries whether it works again", null, false, false);
  }
}

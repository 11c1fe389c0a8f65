package com.freelync.control.automation;

import org.jspecify.annotations.Nullable;

/** How a run ended. */
public sealed interface RunOutcome {
  /** Every step that was due was taken. */
  record Completed() implements RunOutcome {}

  /** A step failed for good. */
  record Failed(String path, String type, String message, @Nullable String stackTrace)
      implements RunOutcome {}

  /** People said no, or did not answer in time. */
  record Rejected(String path, String reason) implements RunOutcome {}
}

package com.freelync.control.task;

import java.util.List;

/** Where a task stands. */
public enum TaskStatus {
  /** It waits for its next instant. */
  SCHEDULED,
  /** An execution of it is under way. */
  RUNNING,
  /** Its one run has completed. */
  COMPLETED,
  /** Its one run has failed, or could not be. */
  FAILED,
  CANCELLED,
  PAUSED;

  /** The moves that a person may make from here, of a task whose one run has not begun. */
  List<String> moves() {
    return switch (this) {
      case SCHEDULED -> List.of("cancel", "pause", "run");
      case PAUSED -> List.of("cancel", "resume", "run");
      case RUNNING, COMPLETED, FAILED, CANCELLED -> List.of();
    };
  }
}

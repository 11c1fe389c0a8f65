package com.freelync.control.local.stack;

import org.jspecify.annotations.Nullable;

/**
 * One part of the stack as its supervisor sees it.
 *
 * @param pid null while it has no process
 * @param restarts how often it was started again because it had ended unasked
 * @param detail why it is not ready, null when it is
 */
public record PartStatus(
    String name, State state, @Nullable Long pid, int restarts, @Nullable String detail) {
  /** What a part may be. */
  public enum State {
    /** Not asked to run yet. */
    WAITING,
    /** Has a process that is not ready yet. */
    STARTING,
    /** Answers its readiness probe. */
    READY,
    /** Was ready and does not answer its readiness probe now. */
    UNREADY,
    /** Ended unasked; is started again after a pause that doubles. */
    RESTARTING,
    /** Could not be started. */
    FAILED,
    /** Was ended. */
    STOPPED;

    /** The word in {@code status --json}. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}

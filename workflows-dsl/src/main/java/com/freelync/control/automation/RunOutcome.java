package com.freelync.control.automation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a run ended. */
public sealed interface RunOutcome {
  /**
   * Every step that was due was taken.
   *
   * @param reason why it was ended before its last step; null if it was not
   */
  record Completed(@Nullable String reason) implements RunOutcome {
    /** It came to its last step. */
    public Completed() {
      this(null);
    }
  }

  /**
   * A step failed for good.
   *
   * @param place the first that failed
   * @param open what is taken again when the run is retried: the steps that failed, and the blocks
   *     that were undone with all that is in them
   */
  record Failed(
      StepPlace place,
      String type,
      String message,
      @Nullable String stackTrace,
      List<StepPlace> open)
      implements RunOutcome {
    public Failed {
      open = List.copyOf(open);
    }

    /** A failure that is one step's own. */
    public Failed(StepPlace place, String type, String message, @Nullable String stackTrace) {
      this(place, type, message, stackTrace, List.of(place));
    }

    /** The same with other steps to take again. */
    public Failed withOpen(List<StepPlace> places) {
      return new Failed(place, type, message, stackTrace, places);
    }

    /** What steps that handle it see of it. */
    public Map<String, Object> asResult() {
      return Map.of("type", type, "message", message, "step", place.toString());
    }
  }

  /** People said no, or did not answer in time. */
  record Rejected(StepPlace place, String reason) implements RunOutcome {}
}

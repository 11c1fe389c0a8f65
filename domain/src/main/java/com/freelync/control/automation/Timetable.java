package com.freelync.control.automation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Things that the clock starts. Temporal has a schedule for each; what it says is decided here. */
public interface Timetable {
  /** By how much Temporal's clock may be ahead of ours. */
  Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

  /** What they are, such as {@code automation}; the first part of their schedules' ids. */
  String name();

  /** One of them; empty if the clock does not start it, or not now. */
  Optional<Timing> find(UUID id);

  /** Those after an id, in the order of their ids. */
  List<Timing> list(UUID after, int limit);

  /**
   * Starts one for an instant, at most once, if that is one of its own and has come: whoever starts
   * a schedule by hand in Temporal starts nothing here.
   */
  void tick(UUID id, Instant at);

  /** Starts one for each instant that passed while it belonged to the clock and nobody came. */
  void catchUp(UUID id);
}

package com.freelync.control.alert;

import java.util.List;

/** Where an alert stands. */
public enum AlertState {
  /** People were told, and nobody has taken it up. */
  FIRING,
  /** Somebody is at work on it: what happens again is counted, and nobody is told. */
  ACKNOWLEDGED,
  /** It is counted in silence for a time; what happens after that fires again. */
  SILENCED,
  /** It is over for good; when it happens again, that is another alert. */
  RESOLVED;

  /** What a person may make of it. */
  public List<AlertState> next() {
    return switch (this) {
      case FIRING, SILENCED -> List.of(ACKNOWLEDGED, SILENCED, RESOLVED);
      case ACKNOWLEDGED -> List.of(SILENCED, RESOLVED);
      case RESOLVED -> List.of();
    };
  }

  /** The same, in words. */
  public List<String> nextWords() {
    return next().stream().map(AlertState::name).toList();
  }
}

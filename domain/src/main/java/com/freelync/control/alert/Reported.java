package com.freelync.control.alert;

/** What became of a report. */
public enum Reported {
  /** An alert fires, for the first time or after a silence, and people are told. */
  FIRED,
  /** It was counted, in silence or on an alert that people know of. */
  COUNTED,
  /** The rule is switched off. */
  DISABLED
}

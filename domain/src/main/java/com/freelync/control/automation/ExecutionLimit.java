package com.freelync.control.automation;

import java.util.Locale;

/** How many executions an hour may begin, by what triggers them (AU-9). */
enum ExecutionLimit {
  /** Of all events together. */
  EVENT(10_000),
  /** Of all changes of the marketplace together. */
  STATE_CHANGE(10_000),
  /** Of the clock, for each automation. */
  SCHEDULED(60),
  /** By hand, for each person. */
  MANUAL(60);

  private final int standard;

  ExecutionLimit(int standard) {
    this.standard = standard;
  }

  /** Its name among limits. */
  String wireName() {
    return "executions." + name().toLowerCase(Locale.ROOT);
  }

  /** The key of the setting that changes it. */
  String setting() {
    return "limits." + wireName() + ".max_per_hour";
  }

  /** How many where no setting says otherwise. */
  int standard() {
    return standard;
  }

  /** Whose share an execution takes of it; empty where everybody's is one. */
  String scope(NewExecution execution) {
    return switch (this) {
      case EVENT, STATE_CHANGE -> "";
      case SCHEDULED -> execution.automation().id().toString();
      case MANUAL -> execution.triggeredBy();
    };
  }
}

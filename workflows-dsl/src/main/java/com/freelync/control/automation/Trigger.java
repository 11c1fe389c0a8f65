package com.freelync.control.automation;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When an automation runs. */
public sealed interface Trigger {
  /** At the times of a cron expression of five fields, in a time zone. */
  record Cron(String expression, ZoneId zone) implements Trigger {}

  /** When an event of this type arrives. */
  record Event(String type) implements Trigger {}

  /** When a field of an entity changes, from a value (any, if null) to another. */
  record StateChange(String entity, String field, @Nullable String from, String to)
      implements Trigger {}

  /** Only when a person asks. */
  record Manual() implements Trigger {}
}

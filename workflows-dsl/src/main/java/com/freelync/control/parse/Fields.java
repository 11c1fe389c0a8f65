package com.freelync.control.parse;

import java.util.Set;

/** The fields that each part of a definition may have: what is read, and what the schema allows. */
final class Fields {
  static final Set<String> DEFINITION =
      Set.of(
          "name",
          "description",
          "trigger",
          "conditions",
          "actions",
          "steps",
          "mode",
          "on_limit",
          "limits");
  static final Set<String> LIMITS = Set.of("max_per_hour", "max_per_day", "max_total_amount");
  static final Set<String> ACTION = Set.of("action", "id", "with", "retry", "compensate");
  static final Set<String> RETRY = Set.of("max_retries", "initial", "multiplier");
  static final Set<String> IF = Set.of("if", "then", "else");
  static final Set<String> PARALLEL = Set.of("parallel");
  static final Set<String> FOR_EACH = Set.of("for_each");
  static final Set<String> FOR_EACH_BODY = Set.of("id", "items", "batch", "do");
  static final Set<String> WAIT = Set.of("wait");
  static final Set<String> APPROVAL = Set.of("approval");
  static final Set<String> APPROVAL_BODY =
      Set.of(
          "name", "slots", "remind_after", "escalate_after", "timeout", "on_timeout", "on_reject");
  static final Set<String> ASKING = Set.of("action", "id", "with");
  static final Set<String> ASKING_WITH =
      Set.of("slots", "remind_after", "escalate_after", "timeout", "on_timeout", "on_reject");
  static final Set<String> TRY = Set.of("try", "id", "catch", "finally", "on_error");
  static final Set<String> STOP = Set.of("stop");
  static final Set<String> STOP_BODY = Set.of("outcome", "reason");
  static final Set<String> COMPARISON = Set.of("field", "operator", "value");
  static final Set<String> TRIGGER = Set.of("cron", "time_zone", "event", "state", "manual");

  private Fields() {}
}

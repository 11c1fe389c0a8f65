package com.freelync.control.automation;

import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.problem.ProblemException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the filters of lists of executions; a wrong one is 400 and named. */
final class ExecutionFilters {
  private static final Pattern ENTITY =
      Pattern.compile(
          "([a-z][a-z0-9_]*[/:])?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
              + "|[a-z][a-z0-9_]*[/:][a-z][a-z0-9_]*([.-][a-z0-9_]+)*");

  private static final Pattern ROLE = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");

  private ExecutionFilters() {}

  static ExecutionFilter read(
      @Nullable String status,
      @Nullable String workflowId,
      @Nullable String entity,
      @Nullable String eventId,
      @Nullable String waitingFor,
      @Nullable String from,
      @Nullable String to,
      @Nullable String waitsFor,
      boolean isRetrying) {
    Filters.among("status", status, ExecutionStatus.class);
    Instant begin = Filters.time("from", from);
    Instant end = Filters.time("to", to);
    Filters.period(begin, end);
    if (entity != null && !ENTITY.matcher(entity).matches()) {
      throw ProblemException.malformed(
          "entity",
          "entity",
          "entity is an id (a UUID in small letters), or a type and an id such as payout/ID");
    }
    if (waitingFor != null && !ROLE.matcher(waitingFor).matches()) {
      throw ProblemException.malformed(
          "waiting_for", "role", "waiting_for is a role that may decide, such as CFO");
    }
    int colon = entity == null ? -1 : Math.max(entity.indexOf('/'), entity.indexOf(':'));
    return new ExecutionFilter(
        status,
        Filters.id("workflow_id", workflowId),
        entity == null || colon < 0 ? null : entity.substring(0, colon),
        entity == null ? null : entity.substring(colon + 1),
        Filters.id("event_id", eventId),
        waitingFor,
        begin,
        end,
        waitsFor == null ? null : kind(waitsFor),
        isRetrying);
  }

  private static WaitKind kind(String waitsFor) {
    return WaitKind.of(waitsFor)
        .orElseThrow(
            () ->
                ProblemException.malformed(
                    "waits_for", "value", "waits_for is one of " + WaitKind.words()));
  }
}

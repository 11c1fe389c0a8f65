package com.freelync.control.task;

import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person gives to make a task: either {@code at} or {@code cron}.
 *
 * @param payload the trigger data of the automation; nothing unless given
 * @param timeZone of cron, Africa/Addis_Ababa unless given
 * @param missed run_once unless given
 * @param catchUp how late a missed instant may still run, a day unless given
 */
public record TaskRequest(
    String name,
    UUID workflowId,
    @Nullable Map<String, Object> payload,
    @Nullable Instant at,
    @Nullable String cron,
    @Nullable String timeZone,
    @Schema(allowableValues = {"run_once", "run_all", "skip"}) @Nullable String missed,
    @Nullable Duration catchUp) {
  NewTask task() {
    return new NewTask(
        name,
        workflowId,
        payload == null ? Map.of() : payload,
        at,
        cron,
        timeZone,
        missed == null ? MissedPolicy.RUN_ONCE : policy(missed),
        catchUp);
  }

  private static MissedPolicy policy(String word) {
    return Arrays.stream(MissedPolicy.values())
        .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new RequestRefused.Invalid(
                    List.of(
                        new FieldError(
                            "/missed", "missed", "missed is run_once, run_all or skip"))));
  }
}

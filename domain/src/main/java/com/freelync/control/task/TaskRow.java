package com.freelync.control.task;

import com.freelync.control.automation.CronTimes;
import com.freelync.control.automation.Times;
import com.freelync.control.automation.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task with its last execution; texts named {@code …Json} hold JSON.
 *
 * @param keptStatus where it stands by itself, without regard to how its execution goes
 * @param since instants before it are none of its own
 * @param problem why an instant could not run; null if the last one could
 * @param executedFor the instant for which it was last executed; null if a person asked
 */
public record TaskRow(
    UUID id,
    String name,
    UUID workflowId,
    String workflowName,
    String payloadJson,
    @Nullable Instant at,
    @Nullable String cron,
    @Nullable String timeZone,
    String missed,
    long catchUpSeconds,
    String keptStatus,
    Instant since,
    @Nullable String problem,
    @Nullable Instant problemAt,
    long revision,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable String requestId,
    @Nullable UUID executionId,
    @Nullable String executionStatus,
    @Nullable Instant executedFor,
    @Nullable Instant executedAt,
    @Nullable Instant executionFinishedAt,
    String status) {
  private static final int SHOWN = 5;

  Times times() {
    if (at != null) {
      return new Times.Once(at);
    }
    return new Times.Again(
        CronTimes.parse(String.valueOf(cron), ZoneId.of(String.valueOf(timeZone))));
  }

  TaskStatus kept() {
    return TaskStatus.valueOf(keptStatus);
  }

  boolean isOnce() {
    return at != null;
  }

  /** How late a missed instant may still run. */
  public Duration catchUp() {
    return Duration.ofSeconds(catchUpSeconds);
  }

  /** The next instants at which it will run, at most five; none while it is paused or over. */
  public List<Instant> next(Instant now) {
    return kept() == TaskStatus.SCHEDULED ? times().after(now).limit(SHOWN).toList() : List.of();
  }

  Timing timing() {
    return new Timing(id, name, times(), catchUp());
  }
}

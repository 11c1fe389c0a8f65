package com.freelync.control.task;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.CronTicks;
import com.freelync.control.automation.TaskRuns;
import com.freelync.control.automation.TaskRuns.TaskRun;
import com.freelync.control.automation.Timetable;
import com.freelync.control.automation.Timing;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tasks as the clock starts them: each instant makes at most one execution. */
public final class TaskTicks implements Timetable {
  /** One for each minute of a day. */
  private static final int MOST_AT_ONCE = 1_440;

  private final Database database;
  private final Outbox outbox;
  private final TaskRuns runs;
  private final Clock clock;
  private final Supplier<UUID> ids;

  public TaskTicks(
      Database database, Outbox outbox, TaskRuns runs, Clock clock, Supplier<UUID> ids) {
    this.database = database;
    this.outbox = outbox;
    this.runs = runs;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public String name() {
    return "task";
  }

  @Override
  public Optional<Timing> find(UUID id) {
    return database.read(
        handle ->
            handle
                .attach(TaskDao.class)
                .find(id)
                .filter(row -> row.kept() == TaskStatus.SCHEDULED)
                .map(TaskRow::timing));
  }

  @Override
  public List<Timing> list(UUID after, int limit) {
    return database.read(
        handle ->
            handle.attach(TaskDao.class).waiting(after, limit).stream()
                .map(TaskRow::timing)
                .toList());
  }

  @Override
  public void tick(UUID id, Instant at) {
    database.transaction(
        transaction -> {
          waiting(transaction, id)
              .filter(row -> row.times().isAt(at))
              .filter(row -> !at.isAfter(clock.instant().plus(CLOCKS_DIFFER)))
              .ifPresent(row -> due(transaction, row, at));
          return id;
        });
  }

  @Override
  public void catchUp(UUID id) {
    database.transaction(
        transaction -> {
          waiting(transaction, id)
              .ifPresent(row -> owed(row).forEach(at -> due(transaction, row, at)));
          return id;
        });
  }

  private static Optional<TaskRow> waiting(Transaction transaction, UUID id) {
    return transaction
        .attach(TaskDao.class)
        .lock(id)
        .filter(row -> row.kept() == TaskStatus.SCHEDULED);
  }

  /** The instants that have passed and may still run; of a task that runs once, its own. */
  private List<Instant> owed(TaskRow row) {
    Instant now = clock.instant();
    Duration back =
        row.catchUp().compareTo(MissedPolicy.ON_TIME) > 0 ? row.catchUp() : MissedPolicy.ON_TIME;
    Instant oldest = row.isOnce() ? Instant.EPOCH : now.minus(back);
    Instant from = row.since().isAfter(oldest) ? row.since() : oldest;
    return row.times().after(from).takeWhile(at -> !at.isAfter(now)).limit(MOST_AT_ONCE).toList();
  }

  private void due(Transaction transaction, TaskRow row, Instant at) {
    if (!at.isAfter(row.since())) {
      return;
    }
    MissedPolicy policy = MissedPolicy.valueOf(row.missed());
    if (policy.runs(row.times(), at, clock.instant(), row.catchUp())) {
      run(transaction, row, at);
    } else if (row.isOnce()) {
      problem(transaction, row, at, "its instant was missed");
    }
  }

  private void run(Transaction transaction, TaskRow row, Instant at) {
    TaskRun run =
        new TaskRun(
            ids.get(),
            row.id(),
            row.name(),
            row.workflowId(),
            at,
            Json.readObject(row.payloadJson()));
    Actor clockwork = new Actor(CronTicks.CLOCK, row.requestId());
    switch (runs.start(transaction, run, false, clockwork)) {
      case TaskRuns.Outcome.Impossible impossible ->
          problem(transaction, row, at, impossible.problem());
      case TaskRuns.Outcome.Recorded recorded -> {
        if (row.isOnce()) {
          settle(transaction, row, "RUNNING", null, null);
        } else if (row.problem() != null) {
          settle(transaction, row, row.keptStatus(), null, null);
        }
      }
    }
  }

  private void problem(Transaction transaction, TaskRow row, Instant at, String problem) {
    settle(transaction, row, row.isOnce() ? "FAILED" : row.keptStatus(), problem, at);
  }

  /** A task that is over needs no schedule any more. */
  private void settle(
      Transaction transaction,
      TaskRow row,
      String status,
      @Nullable String problem,
      @Nullable Instant at) {
    transaction.attach(TaskDao.class).update(row.id(), status, problem, at, clock.instant());
    if (row.isOnce()) {
      outbox.append(transaction, Tasks.SCHEDULE, row.id().toString(), Map.of(), row.requestId());
    }
  }
}

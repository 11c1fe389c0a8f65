package com.freelync.control.task;

import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.TaskRuns;
import com.freelync.control.database.Database;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Scheduled tasks, wired. */
public final class TaskModule {
  public final Tasks tasks;
  public final TaskTicks ticks;

  public TaskModule(
      Database database,
      AuditLog audit,
      Outbox outbox,
      TaskRuns runs,
      Clock clock,
      Supplier<UUID> ids) {
    tasks = new Tasks(database, audit, outbox, runs, clock);
    ticks = new TaskTicks(database, outbox, runs, clock, ids);
  }
}

package com.freelync.control.task;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.TaskRuns;
import com.freelync.control.automation.TaskRuns.TaskRun;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Scheduled tasks: made, read, and moved by people. */
public final class Tasks {
  /** The topic of the message that makes a task's schedule right. */
  public static final String SCHEDULE = "task.schedule";

  private final Database database;
  private final AuditLog audit;
  private final Outbox outbox;
  private final TaskRuns runs;
  private final Clock clock;

  public Tasks(Database database, AuditLog audit, Outbox outbox, TaskRuns runs, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.outbox = outbox;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * Makes a task; the same id again gives the first one.
   *
   * @throws RequestRefused.Invalid with everything that is wrong with it
   */
  public TaskRow create(UUID id, NewTask task, Actor actor) {
    return database.transaction(
        transaction -> {
          List<FieldError> errors = new ArrayList<>(task.errors(clock.instant()));
          errors.addAll(runs.check(transaction.handle(), task.workflowId(), task.payload()));
          if (!errors.isEmpty()) {
            throw new RequestRefused.Invalid(errors);
          }
          TaskDao dao = transaction.attach(TaskDao.class);
          int inserted =
              dao.insert(id, task.row(), actor.subject(), actor.requestId(), clock.instant());
          if (inserted == 1) {
            changed(transaction, id, "task.create", null, actor);
          }
          return dao.find(id).orElseThrow();
        });
  }

  /** A task, if there is one. */
  public TaskRow get(UUID id) {
    return database.read(
        handle -> handle.attach(TaskDao.class).find(id).orElseThrow(() -> notFound(id)));
  }

  /** Tasks, newest first, after the cursor. */
  public List<TaskRow> list(
      @Nullable String status, @Nullable UUID workflowId, Cursor after, int limit) {
    return database.read(
        handle -> TaskDao.list(status, workflowId).page(handle, after, limit, TaskRow.class));
  }

  /** Holds a task: its instants are missed until it is resumed. */
  public TaskRow pause(UUID id, @Nullable String reason, Actor actor) {
    return move(id, "pause", reason, actor, (transaction, row) -> set(transaction, row, "PAUSED"));
  }

  /** Lets a task go on; its policy decides on what it missed. */
  public TaskRow resume(UUID id, @Nullable String reason, Actor actor) {
    return move(
        id, "resume", reason, actor, (transaction, row) -> set(transaction, row, "SCHEDULED"));
  }

  /** Ends a task: nothing of it runs any more; an execution that is under way goes on. */
  public TaskRow cancel(UUID id, @Nullable String reason, Actor actor) {
    return move(
        id, "cancel", reason, actor, (transaction, row) -> set(transaction, row, "CANCELLED"));
  }

  /**
   * Runs a task now. Of one that runs once this is its run; any other goes on as before.
   *
   * @param executionId of the execution that it becomes
   * @throws RequestRefused.IllegalMove if its automation cannot run so now
   */
  public TaskRow run(UUID id, UUID executionId, @Nullable String reason, Actor actor) {
    return move(
        id,
        "run",
        reason,
        actor,
        (transaction, row) -> {
          TaskRun run =
              new TaskRun(
                  executionId,
                  id,
                  row.name(),
                  row.workflowId(),
                  row.at(),
                  Json.readObject(row.payloadJson()));
          if (runs.start(transaction, run, true, actor)
              instanceof TaskRuns.Outcome.Impossible impossible) {
            throw new RequestRefused.IllegalMove(
                "The task cannot run now: " + impossible.problem() + ".", row.kept().moves());
          }
          set(transaction, row, row.isOnce() ? "RUNNING" : row.keptStatus());
        });
  }

  private TaskRow move(
      UUID id,
      String move,
      @Nullable String reason,
      Actor actor,
      BiConsumer<Transaction, TaskRow> change) {
    return database.transaction(
        transaction -> {
          TaskDao dao = transaction.attach(TaskDao.class);
          TaskRow row = dao.lock(id).orElseThrow(() -> notFound(id));
          if (!row.kept().moves().contains(move)) {
            throw new RequestRefused.IllegalMove(
                "A task that is %s cannot do this: %s.".formatted(row.status(), move),
                row.kept().moves());
          }
          change.accept(transaction, row);
          changed(transaction, id, "task." + move, reason, actor);
          return dao.find(id).orElseThrow();
        });
  }

  private void set(Transaction transaction, TaskRow row, String status) {
    transaction
        .attach(TaskDao.class)
        .update(row.id(), status, row.problem(), row.problemAt(), clock.instant());
  }

  private void changed(
      Transaction transaction, UUID id, String action, @Nullable String reason, Actor actor) {
    outbox.append(transaction, SCHEDULE, id.toString(), Map.of(), actor.requestId());
    audit.record(
        transaction,
        AuditEntry.allowed(actor, action, "task", id.toString(), Map.of()).because(reason));
  }

  private static RequestRefused.NotFound notFound(UUID id) {
    return new RequestRefused.NotFound("task", id);
  }
}

package com.freelync.control.automation;

import com.freelync.control.approval.Approvals;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Executions: asked for by people, read, cancelled. */
public final class Executions {
  /** The topic of the message that asks a run to cancel. */
  public static final String CANCEL = "automation.cancel";

  private final Database database;
  private final AuditLog audit;
  private final ActiveAutomations automations;
  private final ManualTrigger manual;
  private final ExecutionIntake intake;
  private final Approvals approvals;
  private final Cancellations cancellations;
  private final Lanes lanes;
  private final Turns turns;
  private final ExecutionWaits waits;

  public Executions(
      Database database,
      AuditLog audit,
      Approvals approvals,
      ActiveAutomations automations,
      ActionCatalog catalog,
      ExecutionIntake intake,
      Cancellations cancellations,
      Lanes lanes,
      Turns turns,
      Clock clock) {
    this.database = database;
    this.audit = audit;
    this.approvals = approvals;
    this.automations = automations;
    this.manual = new ManualTrigger(catalog.entities());
    this.intake = intake;
    this.cancellations = cancellations;
    this.lanes = lanes;
    this.turns = turns;
    this.waits = new ExecutionWaits(clock);
  }

  /**
   * Runs an active automation for a person; its conditions are evaluated as for an event.
   *
   * @param id the new execution's id; the same id again gives the first execution
   * @throws RequestRefused.IllegalMove if the automation is not active, or its mode has no place
   * @throws RequestRefused.TooMany if the person had enough for this hour
   */
  public Execution execute(
      UUID id,
      UUID workflowId,
      Map<String, Object> triggerData,
      @Nullable String why,
      Actor actor) {
    database.transaction(
        transaction -> {
          ActiveAutomation automation =
              automations
                  .find(transaction.handle(), workflowId)
                  .orElseThrow(() -> inactive(transaction, workflowId));
          Mode mode = automation.definition().mode();
          NewExecution execution =
              manual.decide(transaction.handle(), id, automation, triggerData, why, actor);
          boolean isToRun = execution.decision() instanceof NewExecution.Decision.Run;
          if (isToRun) {
            turns.require(transaction, workflowId, mode, id);
          }
          intake.record(transaction, List.of(execution), actor.requestId());
          if (isToRun) {
            turns.beginNow(transaction, workflowId, mode);
          }
          audit(transaction, actor, "execution.start", id, why, Map.of("workflow_id", workflowId));
          return id;
        });
    return get(id);
  }

  private static RequestRefused inactive(Transaction transaction, UUID workflowId) {
    return transaction
        .attach(AutomationDao.class)
        .find(workflowId)
        .<RequestRefused>map(
            row ->
                new RequestRefused.IllegalMove(
                    "Only an ACTIVE automation is executed; this one is " + row.status() + ".",
                    AutomationStatus.valueOf(row.status()).nextWords()))
        .orElseGet(() -> new RequestRefused.NotFound("automation", workflowId));
  }

  /** One execution with its steps. */
  public Execution get(UUID id) {
    return database.read(handle -> read(handle, id));
  }

  private Execution read(Handle handle, UUID id) {
    ExecutionRow row =
        handle
            .attach(ExecutionDao.class)
            .find(id)
            .orElseThrow(() -> new RequestRefused.NotFound("execution", id));
    StepDao steps = handle.attach(StepDao.class);
    return new Execution(
        row,
        steps.of(id),
        steps.affected(id),
        approvals.about(handle, ExecutionSubject.TYPE, id.toString()),
        waits.of(handle, List.of(id)).getOrDefault(id, List.of()));
  }

  /** Executions without their steps, newest first, after the cursor. */
  public List<ExecutionRow> list(ExecutionFilter filter, Cursor after, int limit) {
    return database.read(handle -> filter.query().page(handle, after, limit, ExecutionRow.class));
  }

  /** The same with what they wait for. */
  public List<ListedExecution> listWithWaits(ExecutionFilter filter, Cursor after, int limit) {
    return database.read(
        handle -> {
          List<ExecutionRow> rows = filter.query().page(handle, after, limit, ExecutionRow.class);
          Map<UUID, List<ExecutionWait>> held =
              waits.of(
                  handle,
                  rows.stream()
                      .filter(row -> row.finishedAt() == null)
                      .map(ExecutionRow::id)
                      .toList());
          return rows.stream()
              .map(row -> new ListedExecution(row, held.getOrDefault(row.id(), List.of())))
              .toList();
        });
  }

  /**
   * Cancels an execution. One that has not begun ends at once; a running one ends before its next
   * step, and a step that is being taken is finished first.
   *
   * @param compensates whether what it did is undone, as far as its definition says how
   */
  public Execution cancel(UUID id, String reason, boolean compensates, Actor actor) {
    database.transaction(
        transaction -> {
          cancel(transaction, id, reason, compensates, actor);
          return id;
        });
    return get(id);
  }

  /** The same in a transaction of the caller's. */
  void cancel(Transaction transaction, UUID id, String reason, boolean compensates, Actor actor) {
    ExecutionRow row =
        transaction
            .attach(ExecutionDao.class)
            .lock(id)
            .orElseThrow(() -> new RequestRefused.NotFound("execution", id));
    if (row.finishedAt() != null) {
      throw new RequestRefused.IllegalMove(
          "The execution is " + row.status() + " already.", List.of());
    }
    if (cancellations.ask(transaction, row, reason, compensates, actor)) {
      audit(
          transaction,
          actor,
          "execution.cancel",
          id,
          reason,
          Map.of("reason", reason, "compensates", compensates));
    }
  }

  /**
   * Takes an execution that failed up again from the steps that failed: what succeeded is kept, but
   * for what was undone.
   *
   * @throws RequestRefused.IllegalMove if it did not fail, or failed before it began, or the mode
   *     of its automation has no place
   */
  public Execution retry(UUID id, String reason, Actor actor) {
    database.transaction(
        transaction -> {
          retry(transaction, id, reason, actor);
          return id;
        });
    return get(id);
  }

  /** The same in a transaction of the caller's. */
  void retry(Transaction transaction, UUID id, String reason, Actor actor) {
    ExecutionDao dao = transaction.attach(ExecutionDao.class);
    ExecutionRow found =
        dao.find(id).orElseThrow(() -> new RequestRefused.NotFound("execution", id));
    Mode mode = lanes.mode(transaction, found.workflowId(), found.workflowVersion());
    Retries.requireRetryable(found);
    // The lane before the row: so does whoever decides whose turn it is.
    turns.require(transaction, found.workflowId(), mode, null);
    ExecutionRow row = dao.lock(id).orElseThrow();
    Retries.requireRetryable(row);
    Retries.reopen(transaction.attach(StepDao.class), row);
    dao.takeUpAgain(id);
    turns.takeAgain(transaction, row, mode, actor.requestId());
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("run", row.run() + 1);
    details.put("error", Json.readObject(row.errorJson()).getOrDefault("message", ""));
    audit(transaction, actor, "execution.retry", id, reason, details);
  }

  /**
   * Takes a person's word on the approval that an execution waits for.
   *
   * @throws RequestRefused if it waits for nobody, or if the word does not count
   */
  public Execution decide(UUID id, Approver approver, NewWord word) {
    return approvals.decide(
        ExecutionSubject.TYPE,
        id.toString(),
        approver,
        word,
        transaction -> read(transaction.handle(), id));
  }

  private void audit(
      Transaction transaction,
      Actor actor,
      String action,
      UUID id,
      @Nullable String why,
      Map<String, Object> details) {
    audit.record(
        transaction,
        AuditEntry.allowed(actor, action, "execution", id.toString(), details).because(why));
  }
}

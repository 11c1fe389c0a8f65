package com.freelync.control.automation;

import com.freelync.control.audit.AuditEntry;
import com.freelync.control.automation.ExecutionDao.ActingRow;
import com.freelync.control.automation.Runs.Attempt;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one step. It believes its caller nothing: that the step is due and its inputs come
 * from the database, as the definition, the facts and people's answers do.
 */
final class StepPerformance {
  private final ActionCatalog catalog;
  private final RunApprovals approvals;
  private final StoredDefinitions definitions;
  private final Clock clock;
  private final UUID executionId;
  private final String path;
  private final int attempt;
  private final Instant started;
  private String action = "unknown";
  private Map<String, Object> known;
  private @Nullable RunIdentity run;

  StepPerformance(
      ActionCatalog catalog,
      RunApprovals approvals,
      StoredDefinitions definitions,
      Clock clock,
      UUID executionId,
      String path,
      Map<String, Object> given,
      int attempt) {
    this.catalog = catalog;
    this.approvals = approvals;
    this.definitions = definitions;
    this.clock = clock;
    this.executionId = executionId;
    this.path = path;
    this.known = given;
    this.attempt = attempt;
    this.started = clock.instant();
  }

  /** The step as far as it is known. */
  StepRecord record() {
    return new StepRecord(executionId, path, action, known, attempt, started);
  }

  /** What the audit log says of a refusal; empty before it is known who acts. */
  Optional<AuditEntry> refusal(ActionRefused refused) {
    return Optional.ofNullable(run)
        .map(
            acting -> {
              Map<String, Object> details = new LinkedHashMap<>(acting.trace());
              details.put("path", path);
              details.put("code", refused.code());
              return new AuditEntry(
                  acting.actor(),
                  action,
                  "execution",
                  executionId.toString(),
                  AuditEntry.Outcome.REFUSED,
                  refused.reason(),
                  details,
                  acting.requestId());
            });
  }

  /** Performs the action and records the step; an end that is recorded already is kept. */
  Attempt in(Transaction transaction) {
    Optional<ActingRow> acting = transaction.attach(ExecutionDao.class).lockActing(executionId);
    if (acting.isEmpty()) {
      return new Attempt.Refused("unknown_execution", "there is no execution " + executionId);
    }
    ActingRow row = acting.get();
    StepDao steps = transaction.attach(StepDao.class);
    Optional<Attempt> before = steps.find(executionId, path).flatMap(StepPerformance::ended);
    if (before.isPresent()) {
      return before.get();
    }
    if (row.isOver() || row.isCancelled()) {
      return new Attempt.Cancelled();
    }
    if (!row.status().equals("RUNNING")) {
      return new Attempt.Refused("not_running", "the execution is " + row.status());
    }
    return perform(transaction, row, steps);
  }

  /** How the step ended before: a worker may have died after the commit, and asks again. */
  private static Optional<Attempt> ended(StepRow step) {
    return switch (step.status()) {
      case "COMPLETED" -> Optional.of(new Attempt.Done(Json.readObject(step.outputJson())));
      case "FAILED" -> {
        Map<String, Object> error = Json.readObject(step.errorJson());
        yield Optional.of(
            new Attempt.Refused(
                String.valueOf(error.get("type")), String.valueOf(error.get("message"))));
      }
      default -> Optional.empty();
    };
  }

  private Attempt perform(Transaction transaction, ActingRow row, StepDao steps) {
    Definition definition =
        definitions
            .find(transaction.attach(AutomationDao.class), row.workflowId(), row.workflowVersion())
            .definition();
    if (!(Steps.find(definition.steps(), path).orElse(null) instanceof Step.ActionStep step)) {
      return new Attempt.Refused("unknown_step", "the definition has no action at " + path);
    }
    action = step.action();
    Map<String, Object> triggerData = Json.readObject(row.triggerDataJson());
    RunIdentity acting =
        new RunIdentity(
            executionId,
            row.workflowId(),
            row.workflowVersion(),
            row.triggeredBy(),
            Json.readObject(row.factsJson()),
            triggerData,
            row.requestId());
    run = acting;
    Action found =
        catalog
            .find(action)
            .orElseThrow(() -> new ActionRefused("unknown_action", "there is no action " + action));
    Optional<Map<String, Object>> due =
        DueStep.input(
            definition,
            path,
            new Scope(acting.facts(), triggerData),
            before -> steps.find(executionId, before),
            () -> approvals.of(transaction.handle(), executionId));
    if (due.isEmpty()) {
      return new Attempt.Refused(
          "not_due", "the steps, conditions and answers before " + path + " do not lead to it");
    }
    known = ActionInputs.known(found, due.get(), triggerData);
    Map<String, Object> input = ActionInputs.complete(found, due.get(), triggerData);
    Action.Request request = new Action.Request(acting, StepPlace.of(path), 0, input);
    Action.Result result =
        switch (found) {
          case Action.Transactional here -> here.perform(transaction, request);
          case Action.Outside outside ->
              throw new ActionRefused(
                  "not_runnable", action + " is not called within a step's own transaction");
        };
    record().with(input).write(steps, "COMPLETED", result.output(), null, clock.instant());
    steps.affect(executionId, result.affected());
    Failpoint.STEP_RECORDED.reach();
    return new Attempt.Done(result.output());
  }
}

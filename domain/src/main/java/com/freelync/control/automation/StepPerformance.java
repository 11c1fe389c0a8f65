package com.freelync.control.automation;

import com.freelync.control.audit.AuditEntry;
import com.freelync.control.automation.ExecutionDao.ActingRow;
import com.freelync.control.automation.safety.ActionGates;
import com.freelync.control.automation.safety.Call;
import com.freelync.control.automation.safety.Gate;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import java.math.BigDecimal;
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
  private final ActionGates gates;
  private final Clock clock;
  private final UUID executionId;
  private final StepPlace place;
  private final int attempt;
  private final boolean begins;
  private final Instant started;
  private int generation;
  private String action = "unknown";
  private Map<String, Object> known;
  private @Nullable RunIdentity run;
  private @Nullable Acting acting;

  StepPerformance(
      ActionCatalog catalog,
      RunApprovals approvals,
      StoredDefinitions definitions,
      ActionGates gates,
      Clock clock,
      UUID executionId,
      StepPlace place,
      Map<String, Object> given,
      int attempt,
      boolean begins) {
    this.catalog = catalog;
    this.approvals = approvals;
    this.definitions = definitions;
    this.gates = gates;
    this.clock = clock;
    this.executionId = executionId;
    this.place = place;
    this.known = given;
    this.attempt = attempt;
    this.begins = begins;
    this.started = clock.instant();
  }

  /** A step whose turn it is. */
  record Acting(OnLimit onLimit, Action action, Action.Request request, Call call) {}

  /** Whose turn it is, once that is known. */
  Optional<Acting> acting() {
    return Optional.ofNullable(acting);
  }

  /** The step as far as it is known. */
  StepRecord record() {
    return new StepRecord(executionId, place, action, known, attempt, started);
  }

  /** The action's name, as far as it is known. */
  String action() {
    return action;
  }

  /** What the audit log says of a refusal; empty before it is known who acts. */
  Optional<AuditEntry> refusal(ActionRefused refused) {
    return Optional.ofNullable(run)
        .map(
            identity -> {
              Map<String, Object> details = new LinkedHashMap<>(identity.trace());
              details.put("path", place.path());
              details.put("code", refused.code());
              return new AuditEntry(
                  identity.actor(),
                  action,
                  "execution",
                  executionId.toString(),
                  AuditEntry.Outcome.REFUSED,
                  refused.reason(),
                  details,
                  identity.requestId());
            });
  }

  /** Performs the action and records the step; an end that is recorded already is kept. */
  Attempt in(Transaction transaction) {
    ExecutionDao executions = transaction.attach(ExecutionDao.class);
    Optional<ActingRow> found =
        begins ? executions.beginActing(executionId, started) : Optional.empty();
    if (found.isEmpty()) {
      found = executions.lockActing(executionId);
    }
    if (found.isEmpty()) {
      return new Attempt.Refused("unknown_execution", "there is no execution " + executionId);
    }
    ActingRow row = found.get();
    Optional<StepRow> newest =
        transaction.attach(StepDao.class).newest(executionId, place.path(), place.item());
    Optional<Attempt> before =
        newest.filter(step -> !step.superseded()).flatMap(StepPerformance::ended);
    if (before.isPresent()) {
      return before.get();
    }
    generation = newest.map(step -> step.generation() + (step.superseded() ? 1 : 0)).orElse(0);
    if (row.isOver() || (row.isCancelled() && !row.compensates())) {
      return new Attempt.Cancelled();
    }
    if (!row.acts()) {
      return new Attempt.Refused("not_running", "the execution is " + row.status());
    }
    return perform(transaction, row);
  }

  /** How the step ended before: a worker may have died after the commit, and asks again. */
  private static Optional<Attempt> ended(StepRow step) {
    return switch (step.status()) {
      case "COMPLETED" -> Optional.of(new Attempt.Done(Json.readObject(step.outputJson())));
      case "SKIPPED" -> {
        Map<String, Object> error = Json.readObject(step.errorJson());
        String reason = String.valueOf(error.getOrDefault("reason", ""));
        yield Optional.of(
            error.containsKey(StepRecord.REJECTED)
                ? new Attempt.Rejected(reason)
                : new Attempt.Skipped(reason));
      }
      case "FAILED" -> {
        Map<String, Object> error = Json.readObject(step.errorJson());
        yield Optional.of(
            new Attempt.Refused(
                String.valueOf(error.get("type")), String.valueOf(error.get("message"))));
      }
      default -> Optional.empty();
    };
  }

  private Attempt perform(Transaction transaction, ActingRow row) {
    Definition definition =
        definitions
            .find(transaction.attach(AutomationDao.class), row.workflowId(), row.workflowVersion())
            .definition();
    if (!(Steps.find(definition.steps(), place.path()).orElse(null)
        instanceof Step.ActionStep step)) {
      return new Attempt.Refused("unknown_step", "the definition has no action at " + place);
    }
    action = step.action();
    RunIdentity identity = identity(row);
    run = identity;
    Action found =
        catalog
            .find(action)
            .orElseThrow(() -> new ActionRefused("unknown_action", "there is no action " + action));
    Optional<DueStep.Due> due =
        DueStep.find(
            definition,
            place,
            new Scope(identity.facts(), identity.triggerData()),
            new RecordedRun(
                transaction.handle(),
                executionId,
                () -> approvals.of(transaction.handle(), executionId)),
            row.isCancelled());
    if (due.isEmpty()) {
      return row.isCancelled()
          ? new Attempt.Cancelled()
          : new Attempt.Refused(
              "not_due",
              "the steps, conditions and answers before " + place + " do not lead to it");
    }
    known = ActionInputs.known(found, due.get().input(), identity.triggerData());
    known = ActionInputs.complete(found, due.get().input(), identity.triggerData());
    Acting turn = turn(transaction, definition, identity, found, due.get().isApproved());
    acting = turn;
    return act(transaction, turn);
  }

  private RunIdentity identity(ActingRow row) {
    return new RunIdentity(
        executionId,
        row.workflowId(),
        row.workflowVersion(),
        row.triggeredBy(),
        Json.readObject(row.factsJson()),
        Json.readObject(row.triggerDataJson()),
        row.requestId());
  }

  private Acting turn(
      Transaction transaction,
      Definition definition,
      RunIdentity identity,
      Action found,
      boolean isApproved) {
    Map<String, Object> input = new LinkedHashMap<>(known);
    input.replaceAll(
        (name, value) -> StoredLists.writtenOut(transaction.handle(), executionId, value));
    Call call =
        new Call(
            executionId,
            place,
            generation,
            identity.workflowId(),
            action,
            found.traits().limits(),
            definition.limits().getOrDefault(action, ActionLimits.NONE),
            (isApproved && found.signature().movesMoney())
                || (definition.onLimit() == OnLimit.ASK
                    && approvals.isLimitLifted(transaction.handle(), executionId, place)),
            definition.onLimit() == OnLimit.QUEUE);
    return new Acting(
        definition.onLimit(), found, new Action.Request(identity, place, generation, input), call);
  }

  private Attempt act(Transaction transaction, Acting turn) {
    Gate gate = gates.open(transaction, turn.call());
    return switch (turn.action()) {
      case Action.Transactional here -> {
        Action.Result result = here.perform(transaction, turn.request());
        gates.did(transaction, turn.call(), gate, result);
        yield complete(transaction, result);
      }
      case Action.Asking asking ->
          throw new ActionRefused("not_performed", action + " asks people: it does nothing itself");
      case Action.Outside outside -> {
        gates.reserve(transaction, turn.call(), gate, BigDecimal.ZERO);
        record().write(transaction.attach(StepDao.class), "RUNNING", null, null, clock.instant());
        yield new Attempt.Begun();
      }
    };
  }

  /** Records what an action outside did; one that is recorded already stays as it is. */
  Attempt done(Transaction transaction, Acting turn, Action.Result result) {
    gates.succeeded(transaction, turn.call());
    return complete(transaction, result);
  }

  private Attempt complete(Transaction transaction, Action.Result result) {
    StepDao steps = transaction.attach(StepDao.class);
    Map<String, Object> output = StoredLists.keep(transaction, executionId, place, result.output());
    record().write(steps, "COMPLETED", output, null, clock.instant());
    steps.affect(executionId, result.affected());
    Failpoint.STEP_RECORDED.reach();
    return new Attempt.Done(output);
  }
}

package com.freelync.control.automation;

import com.freelync.control.audit.Actor;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.event.EntityTypes;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Runs automations for scheduled tasks. */
public final class TaskRuns {
  private static final int LARGEST_PAYLOAD = 64 * 1024;

  private final ActiveAutomations automations;
  private final ManualTrigger trigger;
  private final ExecutionIntake intake;

  TaskRuns(ActiveAutomations automations, EntityTypes entities, ExecutionIntake intake) {
    this.automations = automations;
    this.trigger = new ManualTrigger(entities);
    this.intake = intake;
  }

  /**
   * A run of a task.
   *
   * @param executionId of the execution that it becomes
   * @param at the instant that is due; null if a person wants it now
   * @param payload the trigger's data
   */
  public record TaskRun(
      UUID executionId,
      UUID taskId,
      String taskName,
      UUID workflowId,
      @Nullable Instant at,
      Map<String, Object> payload) {}

  /** What became of it. */
  public sealed interface Outcome {
    /** There is an execution, now or since an earlier call for the same instant. */
    record Recorded() implements Outcome {}

    /** The automation cannot run so now. */
    record Impossible(String problem) implements Outcome {}
  }

  /** Records the execution in the transaction; its conditions are evaluated as for a person. */
  public Outcome start(Transaction transaction, TaskRun run, boolean isAsked, Actor actor) {
    ActiveAutomation automation =
        automations.find(transaction.handle(), run.workflowId()).orElse(null);
    if (automation == null) {
      return new Outcome.Impossible("its automation is not ACTIVE");
    }
    ManualTrigger.Subject subject;
    try {
      subject = trigger.read(transaction.handle(), automation.definition(), run.payload());
    } catch (RequestRefused.Invalid invalid) {
      return new Outcome.Impossible(
          "its payload does not fit its automation's trigger any more: "
              + invalid.errors().getFirst().message());
    }
    EntityVerdict verdict = verdict(automation, subject, run.payload());
    NewExecution execution =
        new NewExecution(
            run.executionId(),
            automation,
            verdict.decision(),
            isAsked ? "MANUAL" : "SCHEDULED",
            actor.subject(),
            "task " + run.taskName(),
            Origin.task(run.taskId(), run.at()),
            run.payload(),
            subject.type(),
            subject.id(),
            subject.facts(),
            verdict.conditions());
    intake.record(transaction, List.of(execution), actor.requestId());
    return new Outcome.Recorded();
  }

  private static EntityVerdict verdict(
      ActiveAutomation automation, ManualTrigger.Subject subject, Map<String, Object> payload) {
    if (!subject.isKnown()) {
      return new EntityVerdict(
          new NewExecution.Decision.Fail(
              "entity_missing", "The source has no " + subject.type() + " of this id."),
          List.of());
    }
    Decider.Verdict verdict =
        Decider.decide(automation.definition(), automation.movesMoney(), subject.facts(), payload);
    return new EntityVerdict(verdict.decision(), Findings.of(verdict.judgement()));
  }

  /** What is wrong with a task that would run this automation with this payload. */
  public List<FieldError> check(Handle handle, UUID workflowId, Map<String, Object> payload) {
    if (Json.write(payload).length() > LARGEST_PAYLOAD) {
      return List.of(
          new FieldError(
              "/payload", "too_large", "payload has at most " + LARGEST_PAYLOAD + " characters"));
    }
    String status =
        handle
            .attach(AutomationDao.class)
            .find(workflowId)
            .map(AutomationDao.AutomationRow::status)
            .orElse("");
    if (status.isEmpty() || status.equals("ARCHIVED")) {
      return List.of(
          new FieldError(
              "/workflow_id",
              "unknown",
              "an automation that is not ARCHIVED is needed: GET /admin/workflows lists them"));
    }
    try {
      automations
          .armed(handle, workflowId)
          .ifPresent(found -> trigger.read(handle, found.definition(), payload));
      return List.of();
    } catch (RequestRefused.Invalid invalid) {
      return invalid.errors().stream()
          .map(
              error ->
                  new FieldError(
                      error.field().replaceFirst("^/trigger_data", "/payload"),
                      error.code(),
                      error.message()))
          .toList();
    }
  }
}

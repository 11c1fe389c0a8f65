package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.ApprovalStatus;
import com.freelync.control.approval.ApprovalSubject;
import com.freelync.control.automation.ExecutionDao.OpenRow;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What an execution does with people's answer: its step is recorded, and its run is woken. */
public final class ExecutionSubject implements ApprovalSubject {
  /** The topic of the message that wakes a run: it then reads what was decided. */
  public static final String DECIDED = "automation.decided";

  static final String TYPE = "execution";

  private final Outbox outbox;
  private final Clock clock;

  public ExecutionSubject(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void lock(Transaction transaction, String subjectId) {
    transaction.attach(ExecutionDao.class).lockRow(UUID.fromString(subjectId));
  }

  @Override
  public RequestRefused asksNobody(Transaction transaction, String subjectId) {
    return transaction
        .attach(ExecutionDao.class)
        .find(UUID.fromString(subjectId))
        .<RequestRefused>map(
            row ->
                new RequestRefused.IllegalMove(
                    "The execution is %s and waits for nobody.".formatted(row.status()), List.of()))
        .orElseGet(() -> new RequestRefused.NotFound("execution", subjectId));
  }

  @Override
  public void decided(Transaction transaction, Approval approval) {
    UUID id = UUID.fromString(approval.subjectId());
    Optional<OpenRow> open = transaction.attach(ExecutionDao.class).goOn(id);
    StepPlace place = StepPlace.parse(approval.subjectKey());
    transaction
        .attach(StepDao.class)
        .answer(
            id,
            place.path(),
            place.item(),
            Json.write(output(approval, outcome(transaction, approval, id, place))),
            clock.instant());
    ring(transaction, approval, open);
  }

  /** What silence means, the definition says. */
  private static String outcome(
      Transaction transaction, Approval approval, UUID id, StepPlace place) {
    if (approval.status() != ApprovalStatus.TIMED_OUT) {
      return approval.status().name();
    }
    ExecutionRow run = transaction.attach(ExecutionDao.class).find(id).orElseThrow();
    return transaction
        .attach(AutomationDao.class)
        .version(run.workflowId(), run.workflowVersion())
        .map(version -> StoredDefinitions.parse(Json.readObject(version.definitionJson())))
        .flatMap(definition -> Steps.find(definition.steps(), place.path()))
        .filter(Step.ApprovalStep.class::isInstance)
        .map(step -> ((Step.ApprovalStep) step).onTimeout())
        .map(
            silence ->
                switch (silence) {
                  case REJECT -> ApprovalStatus.REJECTED;
                  case APPROVE -> ApprovalStatus.APPROVED;
                  case CONTINUE -> ApprovalStatus.TIMED_OUT;
                })
        .orElse(ApprovalStatus.REJECTED)
        .name();
  }

  @Override
  public void waitsOn(Transaction transaction, Approval approval) {
    UUID id = UUID.fromString(approval.subjectId());
    ring(transaction, approval, transaction.attach(ExecutionDao.class).findOpen(id));
  }

  /** Nobody is to be woken where the run is over. */
  private void ring(Transaction transaction, Approval approval, Optional<OpenRow> open) {
    String place = RunQuestion.waitsAt(approval.subjectKey()).toString();
    // A cancellation has a message of its own, and must not be overtaken by the bell.
    open.filter(execution -> !execution.isCancelled())
        .ifPresent(
            execution ->
                outbox.append(
                    transaction,
                    DECIDED,
                    approval.subjectId(),
                    approval.waitsIn() == null
                        ? Map.of("run", execution.run(), "place", place)
                        : Map.of("workflow", approval.waitsIn(), "place", place),
                    approval.requestId()));
  }

  /** What later steps see of it. */
  private static Map<String, Object> output(Approval approval, String outcome) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("outcome", outcome);
    output.put("by", approval.decidedBy());
    output.put("comment", approval.outcomeInWords());
    return output;
  }
}

package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.ApprovalSubject;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
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
  public void decided(Transaction transaction, Approval approval) {
    UUID id = UUID.fromString(approval.subjectId());
    ExecutionDao executions = transaction.attach(ExecutionDao.class);
    executions.goOn(id);
    transaction
        .attach(StepDao.class)
        .answer(id, approval.subjectKey(), Json.write(output(approval)), clock.instant());
    ring(transaction, approval);
  }

  @Override
  public void waitsOn(Transaction transaction, Approval approval) {
    ring(transaction, approval);
  }

  private void ring(Transaction transaction, Approval approval) {
    ExecutionRow execution =
        transaction
            .attach(ExecutionDao.class)
            .find(UUID.fromString(approval.subjectId()))
            .orElseThrow();
    // A cancellation has a message of its own, and must not be overtaken by the bell.
    if (execution.cancelRequestedAt() == null) {
      outbox.append(
          transaction,
          DECIDED,
          approval.subjectId(),
          Map.of("run", execution.run()),
          approval.requestId());
    }
  }

  /** What later steps see of it. */
  static Map<String, Object> output(Approval approval) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("outcome", outcome(approval));
    output.put("by", approval.decidedBy());
    output.put("comment", approval.outcomeInWords());
    return output;
  }

  /** APPROVED or REJECTED: a time-out counts as rejected. */
  static String outcome(Approval approval) {
    return approval.status().isRejection() ? "REJECTED" : approval.status().name();
  }
}

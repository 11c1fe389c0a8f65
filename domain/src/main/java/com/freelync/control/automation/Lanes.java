package com.freelync.control.automation;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.QueueDao.Gate;
import com.freelync.control.automation.QueueDao.Waiting;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The lanes of automations whose runs wait for each other: who holds one decides alone which of its
 * executions begin, as their modes have it.
 */
final class Lanes {
  private static final int BATCH = 200;
  private static final Actor MODE = new Actor("system:automation-mode", null);

  private final Outbox outbox;
  private final StoredDefinitions definitions;
  private final Cancellations cancellations;
  private final Clock clock;

  Lanes(Outbox outbox, StoredDefinitions definitions, Cancellations cancellations, Clock clock) {
    this.outbox = outbox;
    this.definitions = definitions;
    this.cancellations = cancellations;
    this.clock = clock;
  }

  /** Whether runs of this mode never wait for each other. */
  static boolean waitsForNobody(Mode mode) {
    return mode.equals(Mode.standard());
  }

  /** Why one more does not wait. */
  static String tooMany() {
    return "%,d executions of this automation wait already.".formatted(Turns.MOST_WAITING);
  }

  /** The mode of a version. */
  Mode mode(Transaction transaction, UUID workflowId, int version) {
    return definitions
        .find(transaction.attach(AutomationDao.class), workflowId, version)
        .definition()
        .mode();
  }

  /** Holds the lane of an automation until the transaction ends. */
  static QueueDao hold(Transaction transaction, UUID workflowId) {
    QueueDao dao = transaction.attach(QueueDao.class);
    dao.openLane(workflowId);
    dao.lockLane(workflowId);
    return dao;
  }

  /** Owes a look at whose turn it is: once for each automation. */
  void knock(Transaction transaction, List<UUID> workflows) {
    outbox.append(
        transaction,
        Turns.TURN,
        workflows.stream()
            .distinct()
            .map(workflow -> new Outbox.Item(workflow.toString(), Map.of()))
            .toList(),
        null);
  }

  /** Lets those of an automation begin whose turn it is; its lane is held. */
  void next(Transaction transaction, UUID workflowId) {
    QueueDao dao = transaction.attach(QueueDao.class);
    List<Waiting> waiting = dao.waiting(workflowId, BATCH);
    if (waiting.isEmpty()) {
      return;
    }
    Gate gate = dao.gate(workflowId);
    switch (AutomationStatus.valueOf(gate.status())) {
      case ACTIVE -> {
        if (!gate.isKilled()) {
          next(transaction, workflowId, waiting);
        }
      }
      case PAUSED -> {}
      case DRAFT, PENDING, ARCHIVED -> {
        waiting.forEach(
            one -> cancel(transaction, one.executionId(), "Its automation runs no more."));
        goOn(transaction, workflowId, waiting);
      }
    }
  }

  private void next(Transaction transaction, UUID workflowId, List<Waiting> waiting) {
    QueueDao dao = transaction.attach(QueueDao.class);
    List<UUID> underWay = new ArrayList<>();
    boolean isKnown = false;
    for (Waiting one : afterReplacing(transaction, workflowId, waiting)) {
      Mode mode = mode(transaction, workflowId, one.workflowVersion());
      if (!isKnown && !waitsForNobody(mode)) {
        underWay.addAll(dao.underWay(workflowId, Mode.MOST_PARALLEL));
        isKnown = true;
      }
      if (underWay.size() < mode.most()) {
        begin(transaction, one);
        underWay.add(one.executionId());
      } else if (mode instanceof Mode.Single && one.run() == 1) {
        skip(
            transaction,
            one,
            "Execution %s was under way, and this automation runs one at a time."
                .formatted(underWay.getFirst()));
      } else {
        if (mode instanceof Mode.Restart) {
          String reason = "Execution " + one.executionId() + " came after it (mode restart).";
          underWay.forEach(old -> cancel(transaction, old, reason));
        } else {
          dao.beyond(workflowId, Turns.MOST_WAITING, BATCH)
              .forEach(last -> skip(transaction, last, tooMany()));
        }
        return;
      }
    }
    goOn(transaction, workflowId, waiting);
  }

  /** Of those that restart their automation the last one is left, and nobody before it. */
  private List<Waiting> afterReplacing(
      Transaction transaction, UUID workflowId, List<Waiting> waiting) {
    int last = waiting.size() - 1;
    while (last >= 0
        && !(mode(transaction, workflowId, waiting.get(last).workflowVersion())
            instanceof Mode.Restart)) {
      last--;
    }
    if (last < 1) {
      return waiting;
    }
    String reason =
        "Execution " + waiting.get(last).executionId() + " came after it (mode restart).";
    waiting.subList(0, last).forEach(old -> cancel(transaction, old.executionId(), reason));
    return waiting.subList(last, waiting.size());
  }

  /** There may be more than a batch. */
  private void goOn(Transaction transaction, UUID workflowId, List<Waiting> waiting) {
    if (waiting.size() == BATCH) {
      knock(transaction, List.of(workflowId));
    }
  }

  private void begin(Transaction transaction, Waiting one) {
    if (transaction.attach(QueueDao.class).leave(one.executionId()) == 1) {
      outbox.append(
          transaction,
          ExecutionIntake.RUN,
          one.executionId().toString(),
          Map.of(),
          one.requestId());
    }
  }

  private void skip(Transaction transaction, Waiting one, String reason) {
    QueueDao dao = transaction.attach(QueueDao.class);
    dao.skip(one.executionId(), reason, clock.instant());
    dao.leave(one.executionId());
  }

  private void cancel(Transaction transaction, UUID execution, String reason) {
    ExecutionRow row = transaction.attach(ExecutionDao.class).lock(execution).orElseThrow();
    if (row.finishedAt() == null) {
      cancellations.ask(transaction, row, reason, true, MODE);
    }
  }
}

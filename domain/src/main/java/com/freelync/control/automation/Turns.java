package com.freelync.control.automation;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.ExecutionLimits.Share;
import com.freelync.control.automation.QueueDao.Gate;
import com.freelync.control.automation.QueueDao.Waiting;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is (AU-15): lets executions begin as the mode of their automation and the limits of
 * executions have it. It is decided one after the other for each automation, by the lock of its
 * lane, so that no number of servers and workers together lets more begin.
 */
public final class Turns implements Runnable {
  /** The topic of the message that lets those of an automation begin whose turn it is. */
  public static final String TURN = "automation.turn";

  /** So many of an automation may wait for their turn. */
  public static final int MOST_WAITING = 1_000;

  private static final int BATCH = 200;
  private static final Actor MODE = new Actor("system:automation-mode", null);

  private final Database database;
  private final Outbox outbox;
  private final StoredDefinitions definitions;
  private final Cancellations cancellations;
  private final ExecutionLimits limits;
  private final Clock clock;

  Turns(
      Database database,
      Outbox outbox,
      StoredDefinitions definitions,
      Cancellations cancellations,
      Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.definitions = definitions;
    this.cancellations = cancellations;
    this.limits = new ExecutionLimits(clock);
    this.clock = clock;
  }

  /**
   * Takes in executions that are to run: each begins, or waits.
   *
   * @throws RequestRefused.TooMany if one is a person's who had enough for this hour
   */
  void take(Transaction transaction, List<NewExecution> executions, @Nullable String requestId) {
    Map<Share, List<NewExecution>> byShare = new TreeMap<>();
    executions.forEach(
        execution ->
            byShare
                .computeIfAbsent(Share.of(execution), share -> new ArrayList<>())
                .add(execution));
    byShare.forEach(
        (share, some) -> {
          int room = limits.take(transaction, share, some.size());
          if (room < some.size() && share.limit() == ExecutionLimit.MANUAL) {
            throw limits.refusal(transaction.handle(), share);
          }
          letIn(transaction, some.subList(0, room), requestId);
          enter(transaction, some.subList(room, some.size()), share, requestId);
        });
  }

  private void letIn(
      Transaction transaction, List<NewExecution> executions, @Nullable String requestId) {
    List<Outbox.Item> runs = new ArrayList<>();
    List<NewExecution> queued = new ArrayList<>();
    for (NewExecution execution : executions) {
      if (waitsForNobody(execution.automation().definition().mode())) {
        runs.add(new Outbox.Item(execution.id().toString(), Map.of()));
      } else {
        queued.add(execution);
      }
    }
    outbox.append(transaction, ExecutionIntake.RUN, runs, requestId);
    enter(transaction, queued, null, requestId);
    knock(transaction, queued.stream().map(one -> one.automation().id()).toList());
  }

  private void enter(
      Transaction transaction,
      List<NewExecution> executions,
      @Nullable Share full,
      @Nullable String requestId) {
    if (!executions.isEmpty()) {
      transaction
          .attach(QueueDao.class)
          .enter(
              executions.stream().map(NewExecution::id).toArray(UUID[]::new),
              executions.stream().map(one -> one.automation().id()).toArray(UUID[]::new),
              full == null ? null : full.limit().wireName(),
              full == null ? null : full.scope(),
              clock.instant(),
              requestId);
    }
  }

  /** Owes a look at whose turn it is: once for each automation. */
  private void knock(Transaction transaction, List<UUID> workflows) {
    outbox.append(
        transaction,
        TURN,
        workflows.stream()
            .distinct()
            .map(workflow -> new Outbox.Item(workflow.toString(), Map.of()))
            .toList(),
        null);
  }

  private static boolean waitsForNobody(Mode mode) {
    return mode.equals(Mode.standard());
  }

  /**
   * Makes sure that an execution that a person wants may begin or wait, and keeps it so until the
   * transaction ends.
   *
   * @param executionId the new execution; one that exists already has its place
   * @throws RequestRefused.IllegalMove if another one is under way that it may not wait for, or too
   *     many wait
   */
  void require(Transaction transaction, UUID workflowId, Mode mode, @Nullable UUID executionId) {
    if (waitsForNobody(mode)) {
      return;
    }
    QueueDao dao = hold(transaction, workflowId);
    if (executionId != null
        && transaction.attach(ExecutionDao.class).find(executionId).isPresent()) {
      return;
    }
    if (mode instanceof Mode.Single) {
      List<UUID> open = new ArrayList<>(dao.underWay(workflowId, 1));
      dao.waiting(workflowId, 1).forEach(first -> open.add(first.executionId()));
      if (!open.isEmpty()) {
        throw new RequestRefused.IllegalMove(
            "Execution %s is under way, and this automation runs one at a time."
                .formatted(open.getFirst()),
            List.of());
      }
    } else if (!(mode instanceof Mode.Restart) && dao.count(workflowId) >= MOST_WAITING) {
      throw new RequestRefused.IllegalMove(tooMany(), List.of());
    }
  }

  private static String tooMany() {
    return "%,d executions of this automation wait already.".formatted(MOST_WAITING);
  }

  /** What was just taken in begins at once, if it is its turn; the lane is held. */
  void beginNow(Transaction transaction, UUID workflowId, Mode mode) {
    if (!waitsForNobody(mode)) {
      next(transaction, workflowId);
    }
  }

  /** Takes in an execution that is taken up again; where others may wait the lane is held. */
  void takeAgain(Transaction transaction, ExecutionRow row, Mode mode, @Nullable String requestId) {
    if (waitsForNobody(mode)) {
      outbox.append(transaction, ExecutionIntake.RUN, row.id().toString(), Map.of(), requestId);
      return;
    }
    transaction
        .attach(QueueDao.class)
        .enter(
            new UUID[] {row.id()},
            new UUID[] {row.workflowId()},
            null,
            null,
            clock.instant(),
            requestId);
    next(transaction, row.workflowId());
  }

  /** The mode of a version. */
  Mode mode(Transaction transaction, UUID workflowId, int version) {
    return definitions
        .find(transaction.attach(AutomationDao.class), workflowId, version)
        .definition()
        .mode();
  }

  /** Lets those of an automation begin whose turn it is. Doing it twice lets nobody else begin. */
  public void next(UUID workflowId) {
    database.transaction(
        transaction -> {
          hold(transaction, workflowId);
          next(transaction, workflowId);
          return workflowId;
        });
  }

  private static QueueDao hold(Transaction transaction, UUID workflowId) {
    QueueDao dao = transaction.attach(QueueDao.class);
    dao.openLane(workflowId);
    dao.lockLane(workflowId);
    return dao;
  }

  private void next(Transaction transaction, UUID workflowId) {
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
          dao.beyond(workflowId, MOST_WAITING, BATCH)
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

  /**
   * Lets those in who waited for a limit whose hour is over, and looks once more whose turn it is:
   * what a process that died, a pause, or the kill switch left undone.
   */
  @Override
  public void run() {
    List<UUID> lanes =
        database.transaction(
            transaction -> {
              QueueDao dao = transaction.attach(QueueDao.class);
              if (!dao.isOnlyOne()) {
                return List.of();
              }
              dao.fullLimits().stream()
                  .map(full -> new Share(limit(full.limitName()), full.limitScope()))
                  .sorted()
                  .forEach(share -> knock(transaction, limits.letIn(transaction, share, BATCH)));
              return dao.lanesInUse();
            });
    lanes.forEach(this::next);
  }

  /** How many executions wait before they begin. */
  public long waiting() {
    return database.read(handle -> handle.attach(QueueDao.class).count());
  }

  private static ExecutionLimit limit(String wireName) {
    return Arrays.stream(ExecutionLimit.values())
        .filter(limit -> limit.wireName().equals(wireName))
        .findFirst()
        .orElseThrow();
  }
}

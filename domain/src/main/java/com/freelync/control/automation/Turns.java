package com.freelync.control.automation;

import com.freelync.control.automation.ExecutionLimits.Share;
import com.freelync.control.automation.safety.Safeguards;
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
  private final Database database;
  private final Outbox outbox;
  private final Lanes lanes;
  private final ExecutionLimits limits;
  private final Clock clock;

  Turns(Database database, Outbox outbox, Lanes lanes, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.lanes = lanes;
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
      if (Lanes.waitsForNobody(execution.automation().definition().mode())) {
        runs.add(new Outbox.Item(execution.id().toString(), Map.of()));
      } else {
        queued.add(execution);
      }
    }
    outbox.append(transaction, ExecutionIntake.RUN, runs, requestId);
    enter(transaction, queued, null, requestId);
    lanes.knock(transaction, queued.stream().map(one -> one.automation().id()).toList());
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

  /**
   * Makes sure that an execution that a person wants may begin or wait, and keeps it so until the
   * transaction ends.
   *
   * @param executionId the new execution; one that exists already has its place
   * @throws RequestRefused.IllegalMove if another one is under way that it may not wait for, or too
   *     many wait
   */
  void require(Transaction transaction, UUID workflowId, Mode mode, @Nullable UUID executionId) {
    if (Lanes.waitsForNobody(mode)) {
      return;
    }
    QueueDao dao = Lanes.hold(transaction, workflowId);
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
      throw new RequestRefused.IllegalMove(Lanes.tooMany(), List.of());
    }
  }

  /** What was just taken in begins at once, if it is its turn; the lane is held. */
  void beginNow(Transaction transaction, UUID workflowId, Mode mode) {
    if (!Lanes.waitsForNobody(mode)) {
      lanes.next(transaction, workflowId);
    }
  }

  /** Takes in an execution that is taken up again; where others may wait the lane is held. */
  void takeAgain(Transaction transaction, ExecutionRow row, Mode mode, @Nullable String requestId) {
    if (Lanes.waitsForNobody(mode)) {
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
    lanes.next(transaction, row.workflowId());
  }

  /** Lets those of an automation begin whose turn it is. Doing it twice lets nobody else begin. */
  public void next(UUID workflowId) {
    database.transaction(
        transaction -> {
          Lanes.hold(transaction, workflowId);
          lanes.next(transaction, workflowId);
          return workflowId;
        });
  }

  /**
   * Lets those in who waited for a limit whose hour is over, and looks once more whose turn it is:
   * what a process that died, a pause, or the kill switch left undone.
   */
  @Override
  public void run() {
    List<UUID> inUse =
        database.transaction(
            transaction -> {
              QueueDao dao = transaction.attach(QueueDao.class);
              if (!dao.isOnlyOne()) {
                return List.of();
              }
              dao.fullLimits().stream()
                  .map(full -> new Share(limit(full.limitName()), full.limitScope()))
                  .sorted()
                  .forEach(
                      share -> lanes.knock(transaction, limits.letIn(transaction, share, BATCH)));
              return dao.lanesInUse();
            });
    inUse.forEach(this::next);
  }

  /** The limits of executions; of those that each has for itself, of who used most. */
  public List<Safeguards.Limit> limits() {
    return database.read(limits::all);
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

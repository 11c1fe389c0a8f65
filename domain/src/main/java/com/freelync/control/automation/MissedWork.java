package com.freelync.control.automation;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.ChangeMatcher.Match;
import com.freelync.control.automation.MissedDao.MissedRow;
import com.freelync.control.automation.StateChangeDao.Change;
import com.freelync.control.automation.TriggerDao.ArmedTrigger;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.event.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes up for what automations missed while they were paused, in batches of one transaction each,
 * which also says how far it came: a process that dies loses nothing, and the unique executions of
 * events, changes and instants keep it from doing anything twice.
 */
public final class MissedWork {
  private static final int BATCH = 200;

  /** By how much a server's clock may differ from the database's, and a transaction may last. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Database database;
  private final ActiveAutomations automations;
  private final EventMatcher events;
  private final ChangeMatcher changes;
  private final CronTicks ticks;
  private final ExecutionIntake intake;

  MissedWork(
      Database database,
      ActiveAutomations automations,
      EventMatcher events,
      ChangeMatcher changes,
      CronTicks ticks,
      ExecutionIntake intake) {
    this.database = database;
    this.automations = automations;
    this.events = events;
    this.changes = changes;
    this.ticks = ticks;
    this.intake = intake;
  }

  /**
   * Takes the next batch of each automation that owes something.
   *
   * @return whether there is more to do at once
   */
  public boolean next() {
    List<UUID> owing = database.read(handle -> handle.attach(MissedDao.class).owing());
    boolean more = false;
    for (UUID id : owing) {
      more |= database.transaction(transaction -> next(transaction, id));
    }
    return more;
  }

  boolean next(Transaction transaction, UUID id) {
    MissedDao dao = transaction.attach(MissedDao.class);
    Optional<ArmedTrigger> trigger = transaction.attach(TriggerDao.class).hold(id);
    Optional<MissedRow> row = dao.take(id);
    if (trigger.isEmpty() || row.isEmpty()) {
      return false;
    }
    if (!row.get().isWaiting()) {
      dao.waitForOlder(id);
      return false;
    }
    if (!row.get().isSettled()) {
      return false;
    }
    boolean more =
        automations
            .armed(transaction.handle(), id)
            .map(automation -> batch(transaction, automation, trigger.get(), row.get()))
            .orElse(false);
    if (!more) {
      dao.stop(id);
    }
    return more;
  }

  private boolean batch(
      Transaction transaction, ActiveAutomation automation, ArmedTrigger trigger, MissedRow row) {
    return switch (automation.definition().trigger()) {
      case Trigger.Event event -> events(transaction, automation, event, trigger, row);
      case Trigger.StateChange change -> changes(transaction, automation, row);
      case Trigger.Cron cron -> instants(transaction, automation, row);
      case Trigger.Manual manual -> false;
    };
  }

  /** Events that found it paused; those of the margin that did not have their execution. */
  private boolean events(
      Transaction transaction,
      ActiveAutomation automation,
      Trigger.Event event,
      ArmedTrigger trigger,
      MissedRow row) {
    Instant from = row.fromAt().minus(MARGIN);
    List<EventLog.Received> received =
        EventLog.received(
            transaction.handle(),
            event.type(),
            from.isAfter(trigger.since()) ? from : trigger.since(),
            row.untilAt().plus(MARGIN),
            row.afterAt(),
            row.afterId(),
            BATCH);
    if (received.isEmpty()) {
      return false;
    }
    events.match(
        transaction,
        List.of(automation),
        received.stream().map(EventLog.Received::event).toList(),
        new Actor(row.askedBy(), row.requestId()));
    EventLog.Received last = received.getLast();
    transaction
        .attach(MissedDao.class)
        .reached(automation.id(), last.receivedAt(), last.event().id());
    return received.size() == BATCH;
  }

  private boolean changes(Transaction transaction, ActiveAutomation automation, MissedRow row) {
    List<Change> missed = transaction.attach(MissedDao.class).takeChanges(automation.id(), BATCH);
    List<Match> matches = missed.stream().map(change -> new Match(automation, change)).toList();
    intake.record(
        transaction, changes.decide(transaction.handle(), matches, row.askedBy()), row.requestId());
    return missed.size() == BATCH;
  }

  private boolean instants(Transaction transaction, ActiveAutomation automation, MissedRow row) {
    Instant from = row.afterAt() == null ? row.fromAt() : row.afterAt();
    List<Instant> missed = CronTicks.instants(automation, from, row.untilAt(), BATCH);
    if (missed.isEmpty()) {
      return false;
    }
    ticks.record(transaction, automation, missed, row.askedBy(), row.requestId());
    transaction.attach(MissedDao.class).reached(automation.id(), missed.getLast(), null);
    return missed.size() == BATCH;
  }
}

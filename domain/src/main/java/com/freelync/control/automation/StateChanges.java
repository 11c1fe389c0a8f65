package com.freelync.control.automation;

import com.freelync.control.automation.ChangeMatcher.Match;
import com.freelync.control.automation.StateChangeDao.Change;
import com.freelync.control.automation.TriggerDao.ArmedTrigger;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Follows the changes of the source: each makes an execution of every automation that waits for it,
 * in the order of the transactions that made them. Any number of processes may follow: the database
 * lets one at a time.
 */
public final class StateChanges {
  /** Who triggers what the source's changes start. */
  static final String SOURCE = "system:marketplace";

  private static final int BATCH = 200;

  private final Database database;
  private final ActiveAutomations automations;
  private final ExecutionIntake intake;
  private final ChangeMatcher matcher;

  StateChanges(
      Database database,
      ActiveAutomations automations,
      ExecutionIntake intake,
      ChangeMatcher matcher) {
    this.database = database;
    this.automations = automations;
    this.intake = intake;
    this.matcher = matcher;
  }

  /**
   * Handles the next changes, in one transaction that also forgets them.
   *
   * @return whether there may be more at once
   */
  public boolean follow() {
    return database.transaction(this::round);
  }

  boolean round(Transaction transaction) {
    StateChangeDao dao = transaction.attach(StateChangeDao.class);
    if (!dao.isAnyWaiting() || !dao.takeTurn()) {
      return false;
    }
    List<Change> changes = dao.settled(BATCH);
    if (changes.isEmpty()) {
      return false;
    }
    List<ArmedTrigger> watching =
        transaction
            .attach(TriggerDao.class)
            .holdWatching(changes.stream().map(Change::entity).distinct().toArray(String[]::new));
    keepMissed(transaction, changes, watching);
    List<Match> matches = matches(transaction, changes, watching);
    for (int from = 0; from < matches.size(); from += BATCH) {
      intake.record(
          transaction,
          matcher.decide(
              transaction.handle(),
              matches.subList(from, Math.min(from + BATCH, matches.size())),
              SOURCE),
          null);
    }
    dao.delete(changes.stream().map(Change::id).toArray(Long[]::new));
    return changes.size() == BATCH;
  }

  private static void keepMissed(
      Transaction transaction, List<Change> changes, List<ArmedTrigger> watching) {
    MissedDao dao = transaction.attach(MissedDao.class);
    for (ArmedTrigger trigger : watching) {
      Long[] missed =
          changes.stream()
              .filter(change -> change.isFor(trigger) && trigger.missed(change.at()))
              .map(Change::id)
              .toArray(Long[]::new);
      if (missed.length > 0) {
        dao.keep(trigger.workflowId(), missed);
      }
    }
  }

  private List<Match> matches(
      Transaction transaction, List<Change> changes, List<ArmedTrigger> watching) {
    Map<UUID, Optional<ActiveAutomation>> running = new HashMap<>();
    List<Match> matches = new ArrayList<>();
    for (Change change : changes) {
      for (ArmedTrigger trigger : watching) {
        if (change.isFor(trigger)
            && !trigger.missed(change.at())
            && change.at().isAfter(trigger.since())) {
          running
              .computeIfAbsent(
                  trigger.workflowId(), id -> automations.armed(transaction.handle(), id))
              .ifPresent(automation -> matches.add(new Match(automation, change)));
        }
      }
    }
    return matches;
  }
}

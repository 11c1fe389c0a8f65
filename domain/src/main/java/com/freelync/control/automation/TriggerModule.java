package com.freelync.control.automation;

import com.freelync.control.database.Database;
import com.freelync.control.event.EntityTypes;
import java.util.UUID;
import java.util.function.Supplier;

/** What starts automations beside events and people, wired. */
public final class TriggerModule {
  public final CronTicks ticks;
  public final StateChanges changes;
  public final MissedWork missed;
  public final TaskRuns taskRuns;

  public TriggerModule(
      Database database,
      EntityTypes entities,
      ActiveAutomations automations,
      EventMatcher events,
      ExecutionIntake intake,
      Supplier<UUID> ids) {
    ChangeMatcher matcher = new ChangeMatcher(entities, ids);
    ticks = new CronTicks(database, automations, intake, ids);
    changes = new StateChanges(database, automations, intake, matcher);
    missed = new MissedWork(database, automations, events, matcher, ticks, intake);
    taskRuns = new TaskRuns(automations, entities, intake);
  }
}

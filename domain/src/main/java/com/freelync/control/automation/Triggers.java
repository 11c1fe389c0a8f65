package com.freelync.control.automation;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.AutomationDao.AutomationRow;
import com.freelync.control.automation.TriggerDao.ArmedTrigger;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.parse.DefinitionPrinter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the triggers of automations as their status and active version ask for: in the transaction
 * that changes these, which also owes Temporal the schedule.
 */
public final class Triggers {
  /** The topic of the message that makes an automation's schedule right. */
  public static final String SCHEDULE = "automation.schedule";

  private final Outbox outbox;

  public Triggers(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Arms, pauses or disarms the trigger of an automation that was made or changed. */
  void settle(Transaction transaction, UUID id, Actor actor) {
    settle(transaction, id, Missed.SKIP, actor);
  }

  /**
   * The same where it may be resumed.
   *
   * @param missed what becomes of what it missed
   */
  void settle(Transaction transaction, UUID id, Missed missed, Actor actor) {
    TriggerDao dao = transaction.attach(TriggerDao.class);
    MissedDao missedDao = transaction.attach(MissedDao.class);
    ArmedTrigger before = dao.find(id).orElse(null);
    ArmedTrigger after = wanted(transaction, id, before).orElse(null);
    if (after == null) {
      missedDao.forget(id);
      dao.delete(id);
    } else if (before == null || !before.trigger().equals(after.trigger())) {
      if (missed == Missed.RUN) {
        throw Missed.invalid(
            "trigger_changed",
            "what it missed was another trigger's: resume it with skip, or with the old trigger");
      }
      missedDao.forget(id);
      dao.put(after);
    } else {
      dao.put(goOn(missedDao, before, after, missed, actor));
    }
    if ((before != null && before.isCron()) || (after != null && after.isCron())) {
      outbox.append(transaction, SCHEDULE, id.toString(), Map.of(), actor.requestId());
    }
  }

  /** What becomes of a trigger that stays the same. */
  private static ArmedTrigger goOn(
      MissedDao dao, ArmedTrigger before, ArmedTrigger after, Missed missed, Actor actor) {
    UUID id = after.workflowId();
    if (before.pausedAt() == null && after.pausedAt() != null) {
      // What was not made up for yet is missed still.
      return dao.stop(id).map(since -> after.pausedSince(since)).orElse(after);
    }
    if (before.pausedAt() == null || after.pausedAt() != null) {
      return after;
    }
    if (missed == Missed.SKIP) {
      dao.forget(id);
      return after.startingAt(after.armedAt());
    }
    dao.owe(id, before.pausedAt(), after.armedAt(), actor.subject(), actor.requestId());
    return after;
  }

  private static Optional<ArmedTrigger> wanted(
      Transaction transaction, UUID id, @Nullable ArmedTrigger before) {
    AutomationDao automations = transaction.attach(AutomationDao.class);
    AutomationRow row = automations.find(id).orElseThrow();
    boolean isPaused = row.status().equals("PAUSED");
    Integer version = row.activeVersion();
    if (version == null || !(isPaused || row.status().equals("ACTIVE"))) {
      return Optional.empty();
    }
    Trigger trigger =
        StoredDefinitions.parse(Json.readObject(automations.definition(id, version))).trigger();
    String written = Json.canonical(DefinitionPrinter.trigger(trigger));
    ArmedTrigger same = before != null && before.trigger().equals(written) ? before : null;
    Instant now = transaction.attach(TriggerDao.class).now();
    Instant pausedAt = same == null || same.pausedAt() == null ? now : same.pausedAt();
    Instant armedAt = same == null || same.pausedAt() != null || isPaused ? now : same.armedAt();
    Trigger.StateChange change = trigger instanceof Trigger.StateChange waitsFor ? waitsFor : null;
    return Optional.of(
        new ArmedTrigger(
            id,
            version,
            kind(trigger),
            written,
            change == null ? null : change.entity(),
            change == null ? null : change.field(),
            change == null ? null : change.from(),
            change == null ? null : change.to(),
            same == null ? now : same.since(),
            armedAt,
            isPaused ? pausedAt : null));
  }

  private static String kind(Trigger trigger) {
    return switch (trigger) {
      case Trigger.Cron cron -> "CRON";
      case Trigger.Event event -> "EVENT";
      case Trigger.StateChange change -> "STATE";
      case Trigger.Manual manual -> "MANUAL";
    };
  }
}

package com.freelync.control.automation;

import com.freelync.control.automation.TriggerDao.ArmedTrigger;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Automations with a cron trigger: at each of its instants the version runs that is active then.
 */
public final class CronTicks implements Timetable {
  /** Who triggers what the clock starts. */
  public static final String CLOCK = "system:schedule";

  /** A night without Temporal is made up for; what is older has lost its sense. */
  private static final Duration CATCH_UP = Duration.ofDays(1);

  /** One for each minute of the time that is caught up. */
  private static final int MOST = 1_440;

  private final Database database;
  private final ActiveAutomations automations;
  private final ExecutionIntake intake;
  private final Supplier<UUID> ids;

  CronTicks(
      Database database,
      ActiveAutomations automations,
      ExecutionIntake intake,
      Supplier<UUID> ids) {
    this.database = database;
    this.automations = automations;
    this.intake = intake;
    this.ids = ids;
  }

  @Override
  public String name() {
    return "automation";
  }

  @Override
  public Optional<Timing> find(UUID id) {
    return database.read(
        handle ->
            handle
                .attach(TriggerDao.class)
                .find(id)
                .filter(trigger -> trigger.isCron() && trigger.pausedAt() == null)
                .flatMap(trigger -> timing(handle, trigger)));
  }

  @Override
  public List<Timing> list(UUID after, int limit) {
    return database.read(
        handle ->
            handle.attach(TriggerDao.class).cron(after, limit).stream()
                .flatMap(trigger -> timing(handle, trigger).stream())
                .toList());
  }

  private Optional<Timing> timing(Handle handle, ArmedTrigger trigger) {
    return automations
        .armed(handle, trigger.workflowId())
        .flatMap(
            automation ->
                times(automation)
                    .map(
                        times ->
                            new Timing(
                                automation.id(),
                                automation.definition().name(),
                                new Times.Again(times),
                                CATCH_UP)));
  }

  @Override
  public void tick(UUID id, Instant at) {
    database.transaction(
        transaction -> {
          TriggerDao dao = transaction.attach(TriggerDao.class);
          dao.hold(id)
              .filter(held -> held.isCron() && !held.missed(at) && at.isAfter(held.since()))
              .filter(held -> !at.isAfter(dao.now().plus(CLOCKS_DIFFER)))
              .flatMap(held -> automations.armed(transaction.handle(), id))
              .filter(found -> times(found).map(times -> times.isAt(at)).orElse(false))
              .ifPresent(found -> record(transaction, found, List.of(at), CLOCK, null));
          return id;
        });
  }

  @Override
  public void catchUp(UUID id) {
    database.transaction(
        transaction -> {
          TriggerDao dao = transaction.attach(TriggerDao.class);
          dao.hold(id)
              .filter(held -> held.isCron() && held.pausedAt() == null)
              .flatMap(held -> automations.armed(transaction.handle(), id))
              .ifPresent(found -> catchUp(transaction, dao, found));
          return id;
        });
  }

  private void catchUp(Transaction transaction, TriggerDao dao, ActiveAutomation automation) {
    Instant now = dao.now();
    Instant armedAt = dao.find(automation.id()).orElseThrow().armedAt();
    Instant oldest = now.minus(CATCH_UP);
    Instant from = armedAt.isAfter(oldest) ? armedAt : oldest;
    record(transaction, automation, instants(automation, from, now, MOST), CLOCK, null);
  }

  /** The first after one instant, up to and with another. */
  static List<Instant> instants(
      ActiveAutomation automation, Instant from, Instant until, int most) {
    return times(automation).stream()
        .flatMap(times -> times.after(from))
        .takeWhile(at -> !at.isAfter(until))
        .limit(most)
        .toList();
  }

  /** Records an execution for each instant that has none. */
  void record(
      Transaction transaction,
      ActiveAutomation automation,
      List<Instant> instants,
      String triggeredBy,
      @Nullable String requestId) {
    intake.record(
        transaction,
        instants.stream().map(at -> execution(automation, at, triggeredBy)).toList(),
        requestId);
  }

  private NewExecution execution(ActiveAutomation automation, Instant at, String triggeredBy) {
    Map<String, Object> data = Map.of("scheduled_at", at.toString());
    Decider.Verdict verdict =
        Decider.decide(automation.definition(), automation.movesMoney(), Map.of(), data);
    return new NewExecution(
        ids.get(),
        automation,
        verdict.decision(),
        "SCHEDULED",
        triggeredBy,
        "schedule " + at,
        Origin.instant(at),
        data,
        null,
        null,
        Map.of(),
        Findings.of(verdict.judgement()));
  }

  private static Optional<CronTimes> times(ActiveAutomation automation) {
    return automation.definition().trigger() instanceof Trigger.Cron cron
        ? Optional.of(CronTimes.of(cron))
        : Optional.empty();
  }
}

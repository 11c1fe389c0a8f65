package com.freelync.control.automation.safety;

import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.automation.safety.WaitDao.Waiting;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Steps that are held up, in the database: in which order they came, and the doorbell for those who
 * may try again. A bell is only a hint: whoever hears it passes the gates as any other.
 */
public final class StepWaits implements Runnable {
  /** How long a step that was rung for is let pass. */
  static final Duration TURN = Duration.ofSeconds(30);

  private static final int MOST_SEEN = 1_000;

  private final Database database;
  private final Outbox outbox;
  private final String topic;
  private final Function<String, ActionLimits> standard;
  private final Clock clock;

  /**
   * @param topic the topic of the message that wakes a run
   * @param standard the limits of an action where no setting says otherwise
   */
  public StepWaits(
      Database database,
      Outbox outbox,
      String topic,
      Function<String, ActionLimits> standard,
      Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.topic = topic;
    this.standard = standard;
    this.clock = clock;
  }

  /** Notes that a call waits. */
  public void hold(Transaction transaction, Call call, HeldUp held, String waitsIn) {
    transaction
        .attach(WaitDao.class)
        .wait(
            call.executionId(),
            call.place().path(),
            call.place().item(),
            held.hold().name(),
            call.action(),
            call.workflowId(),
            held.amount(),
            waitsIn,
            clock.instant(),
            held.until(),
            held.own().map(own -> own.measure().name()).orElse(null),
            held.own().map(HeldUp.OwnLimit::limit).orElse(null));
  }

  /** Nothing of an execution waits any more: it is over. */
  public static void forget(Transaction transaction, UUID executionId) {
    transaction.attach(WaitDao.class).forget(executionId);
  }

  /**
   * Rings for those for whom a limit has room again, the first ones first, and for those whom
   * nothing holds up any more.
   */
  @Override
  public void run() {
    database.transaction(
        transaction -> {
          WaitDao dao = transaction.attach(WaitDao.class);
          if (dao.isOnlyRinger()) {
            ring(transaction, dao.forLimits(MOST_SEEN));
            Instant now = clock.instant();
            dao.free(now.minus(TURN), MOST_SEEN).forEach(step -> ring(transaction, step, now));
            dao.trials(now, now.minus(TURN)).forEach(step -> ring(transaction, step, now));
          }
          return dao;
        });
  }

  private void ring(Transaction transaction, List<Waiting> waiting) {
    Instant now = clock.instant();
    Map<String, Room> rooms = new HashMap<>();
    for (Waiting step : waiting) {
      Room room =
          step.own()
              .map(
                  own ->
                      rooms.computeIfAbsent(
                          step.action() + own.measure() + step.workflowId(),
                          missing -> Room.own(transaction, step, own, now)))
              .orElseGet(
                  () ->
                      rooms.computeIfAbsent(
                          step.action(), action -> everybody(transaction, action, now)));
      // Who was rung for lately is on the way, and takes its part.
      if (room.takes(step.amount()) && !isOnTheWay(step, now)) {
        ring(transaction, step, now);
      }
    }
  }

  private static boolean isOnTheWay(Waiting step, Instant now) {
    return step.rungAt() != null && step.rungAt().isAfter(now.minus(TURN));
  }

  private void ring(Transaction transaction, Waiting step, Instant now) {
    transaction.attach(WaitDao.class).rung(step.executionId(), step.path(), step.item(), now);
    outbox.append(
        transaction,
        topic,
        step.executionId().toString(),
        Map.of(
            "workflow",
            step.waitsIn(),
            "place",
            new StepPlace(step.path(), step.item()).toString()),
        null);
  }

  private Room everybody(Transaction transaction, String action, Instant now) {
    ActionLimits limits =
        ActionLimiter.limits(transaction.handle(), action, standard.apply(action));
    Room room = new Room();
    for (LimitMeasure measure : LimitMeasure.values()) {
      measure
          .of(limits)
          .ifPresent(
              most -> room.add(transaction, action, ActionLimiter.EVERYBODY, measure, most, now));
    }
    return room;
  }

  /** What is left of limits, as far as one looks at them. */
  private static final class Room {
    private final Map<LimitMeasure, BigDecimal> left = new EnumMap<>(LimitMeasure.class);

    static Room own(Transaction transaction, Waiting step, HeldUp.OwnLimit own, Instant now) {
      Room room = new Room();
      room.add(
          transaction,
          step.action(),
          step.workflowId().toString(),
          own.measure(),
          own.limit(),
          now);
      return room;
    }

    void add(
        Transaction transaction,
        String action,
        String scope,
        LimitMeasure measure,
        BigDecimal most,
        Instant now) {
      BigDecimal used =
          transaction
              .attach(LimitDao.class)
              .used(action, scope, measure.name(), measure.start(now));
      left.put(measure, most.subtract(used));
    }

    /** Whether a call fits; then what it needs is taken off. */
    boolean takes(BigDecimal amount) {
      boolean fits =
          left.entrySet().stream()
              .allMatch(entry -> entry.getKey().taken(amount).compareTo(entry.getValue()) <= 0);
      if (fits) {
        left.replaceAll((measure, rest) -> rest.subtract(measure.taken(amount)));
      }
      return fits;
    }
  }
}

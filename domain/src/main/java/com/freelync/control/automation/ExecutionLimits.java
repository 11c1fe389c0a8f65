package com.freelync.control.automation;

import com.freelync.control.automation.safety.Safeguards;
import com.freelync.control.configuration.ActiveValues;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Limits of executions (AU-9), counted from one full hour to the next by locked rows, so that no
 * number of servers and workers together lets more begin.
 */
final class ExecutionLimits {
  private static final Duration WINDOW = Duration.ofHours(1);

  private final Clock clock;

  ExecutionLimits(Clock clock) {
    this.clock = clock;
  }

  /**
   * A limit of somebody.
   *
   * @param scope whose it is; empty where it is everybody's
   */
  record Share(ExecutionLimit limit, String scope) implements Comparable<Share> {
    static Share of(NewExecution execution) {
      ExecutionLimit limit = ExecutionLimit.valueOf(execution.triggerType());
      return new Share(limit, limit.scope(execution));
    }

    /** One order for everybody, in which rows are locked. */
    @Override
    public int compareTo(Share other) {
      int byLimit = limit.compareTo(other.limit);
      return byLimit == 0 ? scope.compareTo(other.scope) : byLimit;
    }
  }

  /** Takes so many executions, and says how many of them there is room for. */
  int take(Transaction transaction, Share share, int wanted) {
    return transaction
        .attach(QueueDao.class)
        .take(
            share.limit().wireName(),
            share.scope(),
            hour(),
            wanted,
            most(transaction.handle(), share.limit()));
  }

  /** What a person is told for whom there is no room. */
  RequestRefused.TooMany refusal(Handle handle, Share share) {
    Duration next = Duration.between(clock.instant(), hour().plus(WINDOW));
    return RequestRefused.TooMany.ofFixedWindow(
        share.limit().wireName(), most(handle, share.limit()), WINDOW, next);
  }

  /**
   * Lets those in who waited for a limit, the first ones first.
   *
   * @return the automations of those for whom there was room
   */
  List<UUID> letIn(Transaction transaction, Share share, int batch) {
    return transaction
        .attach(QueueDao.class)
        .letIn(
            share.limit().wireName(),
            share.scope(),
            hour(),
            most(transaction.handle(), share.limit()),
            batch);
  }

  /** Each limit as it stands; of those that each has for itself, of who used most. */
  List<Safeguards.Limit> all(Handle handle) {
    Instant hour = hour();
    QueueDao dao = handle.attach(QueueDao.class);
    return Arrays.stream(ExecutionLimit.values())
        .map(
            limit ->
                new Safeguards.Limit(
                    limit.wireName(),
                    WINDOW.toString(),
                    "count",
                    BigDecimal.valueOf(most(handle, limit)),
                    BigDecimal.valueOf(dao.mostUsed(limit.wireName(), hour)),
                    hour.plus(WINDOW),
                    limit.setting()))
        .toList();
  }

  private Instant hour() {
    return clock.instant().truncatedTo(ChronoUnit.HOURS);
  }

  static int most(Handle handle, ExecutionLimit limit) {
    return ActiveValues.numbers(handle, List.of(limit.setting()))
        .getOrDefault(limit.setting(), BigDecimal.valueOf(limit.standard()))
        .intValue();
  }
}

package com.freelync.control.automation.safety;

import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.configuration.ActiveValues;
import com.freelync.control.database.Transaction;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Limits of actions (AU-9): reserved in the transaction that decides, by locked rows, so that no
 * number of workers together takes more than there is.
 */
public final class ActionLimiter {
  /** The scope of the limit that holds whoever asks. */
  static final String EVERYBODY = "";

  private final Clock clock;

  public ActionLimiter(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes what a call that has taken nothing yet needs of its limits, in the caller's transaction.
   *
   * @param amount the ETB that it moves
   * @param isQueuedFor whether others wait for them
   * @throws HeldUp if one of them is full
   * @throws ActionRefused if the amount alone is above one of them
   */
  void reserve(Transaction transaction, Call call, BigDecimal amount, boolean isQueuedFor) {
    if (call.isExempt()) {
      return;
    }
    LimitDao dao = transaction.attach(LimitDao.class);
    Instant now = clock.instant();
    if (call.waitsItsTurn() && isQueuedFor) {
      requireTurn(transaction, call, amount, now);
    }
    List<String> scopes = new ArrayList<>();
    take(transaction, call, EVERYBODY, limits(transaction.handle(), call), amount, now)
        .ifPresent(scopes::add);
    take(transaction, call, call.workflowId().toString(), call.own(), amount, now)
        .ifPresent(scopes::add);
    if (!scopes.isEmpty()) {
      dao.reserve(
          call.executionId(),
          call.place().path(),
          call.place().item(),
          call.generation(),
          call.action(),
          amount,
          scopes.toArray(String[]::new),
          LimitMeasure.COUNT_PER_HOUR.start(now),
          LimitMeasure.COUNT_PER_DAY.start(now),
          now);
    }
  }

  /** Who came first goes first: what waits is let go before what comes now. */
  private static void requireTurn(
      Transaction transaction, Call call, BigDecimal amount, Instant now) {
    transaction
        .attach(WaitDao.class)
        .before(
            call.action(),
            call.workflowId(),
            call.executionId(),
            call.place().path(),
            call.place().item(),
            now.minus(StepWaits.TURN))
        .ifPresent(
            before -> {
              throw new HeldUp(
                  HeldUp.Hold.LIMIT,
                  "Others came before and wait for the limit of " + call.action() + ".",
                  amount,
                  null,
                  before.own().orElse(null));
            });
  }

  /** The limits that hold for an action whoever asks: its own, or what settings say. */
  private static ActionLimits limits(Handle handle, Call call) {
    return limits(handle, call.action(), call.standard());
  }

  /**
   * The limits of actions as settings have them now.
   *
   * @param standard those that hold where no setting says otherwise, by action
   */
  public static SortedMap<String, ActionLimits> limits(
      Handle handle, SortedMap<String, ActionLimits> standard) {
    SortedMap<String, ActionLimits> limits = new TreeMap<>();
    standard.forEach((action, usual) -> limits.put(action, limits(handle, action, usual)));
    return limits;
  }

  /**
   * The limits of an action as settings have them now.
   *
   * @param standard those that hold where no setting says otherwise
   */
  static ActionLimits limits(Handle handle, String action, ActionLimits standard) {
    Map<String, BigDecimal> settings =
        ActiveValues.numbers(
            handle,
            Arrays.stream(LimitMeasure.values()).map(measure -> measure.setting(action)).toList());
    return new ActionLimits(
        count(settings, LimitMeasure.COUNT_PER_HOUR.setting(action), standard.maxPerHour()),
        count(settings, LimitMeasure.COUNT_PER_DAY.setting(action), standard.maxPerDay()),
        settings.getOrDefault(
            LimitMeasure.AMOUNT_PER_DAY.setting(action), standard.maxTotalAmount()));
  }

  private static @Nullable Integer count(
      Map<String, BigDecimal> settings, String key, @Nullable Integer standard) {
    BigDecimal set = settings.get(key);
    return set == null ? standard : Integer.valueOf(set.intValue());
  }

  /** The scope, if something was taken of it. */
  private static Optional<String> take(
      Transaction transaction,
      Call call,
      String scope,
      ActionLimits limits,
      BigDecimal amount,
      Instant now) {
    boolean isTaken = false;
    for (LimitMeasure measure : LimitMeasure.values()) {
      Optional<BigDecimal> limit = measure.of(limits);
      if (limit.isPresent()) {
        take(transaction, call, scope, measure, limit.get(), amount, now);
        isTaken = true;
      }
    }
    return isTaken ? Optional.of(scope) : Optional.empty();
  }

  private static void take(
      Transaction transaction,
      Call call,
      String scope,
      LimitMeasure measure,
      BigDecimal limit,
      BigDecimal amount,
      Instant now) {
    BigDecimal taken = measure.taken(amount);
    if (measure == LimitMeasure.AMOUNT_PER_DAY && taken.compareTo(limit) > 0) {
      throw new ActionRefused(
          "over_limit",
          "%s ETB alone are above the limit of %s: %s. People can approve it in an approval step."
              .formatted(amount.toPlainString(), call.action(), measure.inWords(limit)));
    }
    Instant start = measure.start(now);
    boolean fits =
        taken.compareTo(limit) <= 0
            && transaction
                .attach(LimitDao.class)
                .take(call.action(), scope, measure.name(), start, taken, limit)
                .isPresent();
    if (!fits) {
      throw new HeldUp(
          HeldUp.Hold.LIMIT,
          "The limit of %s is full: %s%s."
              .formatted(
                  call.action(),
                  measure.inWords(limit),
                  scope.equals(EVERYBODY) ? "" : ", which this automation sets for itself"),
          amount,
          measure.end(start),
          scope.equals(EVERYBODY) ? null : new HeldUp.OwnLimit(measure, limit));
    }
  }

  /** Gives back what a call took: its action did not happen. Doing it again gives nothing back. */
  public void release(Transaction transaction, UUID executionId, String path, String item) {
    LimitDao dao = transaction.attach(LimitDao.class);
    for (LimitDao.Reserved reserved : dao.release(executionId, path, item, clock.instant())) {
      for (String scope : reserved.scopes()) {
        for (LimitMeasure measure : LimitMeasure.values()) {
          dao.giveBack(
              reserved.action(),
              scope,
              measure.name(),
              measure == LimitMeasure.COUNT_PER_HOUR ? reserved.hour() : reserved.day(),
              measure.taken(reserved.amount()));
        }
      }
    }
  }
}

package com.freelync.control.automation.safety;

import com.freelync.control.alert.Alerts;
import com.freelync.control.database.Transaction;
import com.freelync.control.text.Excerpt;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Circuit breakers (AU-10), one for each action, shared by all workers. Failures count in the order
 * of their commits; what the business refuses, and full limits, are neither failure nor success.
 */
public final class Breakers {
  private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);

  /** The rule of the alert that tells of one that opens. */
  public static final String ALERT = "automation.circuit_breaker_open";

  /** So many failures one after the other open it. */
  public static final int MOST_FAILURES = 5;

  /** How long the action is left alone. */
  public static final Duration COOL_DOWN = Duration.ofMinutes(1);

  /** How long a call that tries is waited for; its worker may have died. */
  private static final Duration TRIAL = Duration.ofMinutes(2);

  private static final int LONGEST_ERROR = 500;

  private final Alerts alerts;
  private final Clock clock;

  public Breakers(Alerts alerts, Clock clock) {
    this.alerts = alerts;
    this.clock = clock;
  }

  /**
   * Makes sure that an action may be called.
   *
   * @param call what tells the call from others
   * @throws HeldUp if it failed too often and has not cooled down
   * @throws TrialDue if it has: one call may try, once it has taken the trial
   */
  void requireClosed(Transaction transaction, String action, String call) {
    Optional<Breaker> breaker = transaction.attach(BreakerDao.class).find(action);
    if (breaker.isEmpty() || breaker.get().state() == Breaker.State.CLOSED) {
      return;
    }
    Instant now = clock.instant();
    Instant retryAt = breaker.get().retryAt();
    if (breaker.get().state() == Breaker.State.HALF_OPEN && call.equals(breaker.get().trialOf())) {
      return;
    }
    if (retryAt != null && retryAt.isAfter(now)) {
      throw new HeldUp(
          HeldUp.Hold.BREAKER,
          "The circuit breaker of %s is open: it failed %d times in a row, last with: %s"
              .formatted(action, breaker.get().failures(), breaker.get().lastError()),
          BigDecimal.ZERO,
          retryAt);
    }
    throw new TrialDue();
  }

  /** Takes the trial for a call; whether it got it, or had it. */
  public boolean takeTrial(Transaction transaction, String action, String call) {
    Instant now = clock.instant();
    return transaction.attach(BreakerDao.class).takeTrial(action, call, now.plus(TRIAL), now) == 1;
  }

  /** The call said nothing about whether the action works: the business refused it. */
  void saidNothing(Transaction transaction, String action, String call) {
    transaction.attach(BreakerDao.class).giveTrialBack(action, call, clock.instant());
  }

  /** A call went well: in the transaction that records so. */
  void succeeded(Transaction transaction, String action) {
    Instant now = clock.instant();
    BreakerDao dao = transaction.attach(BreakerDao.class);
    // Calls that go well commit side by side; one that fails waits for them, and they for it.
    dao.sharesOrder(action);
    if (dao.find(action).filter(Breakers::isTouched).isEmpty()) {
      return;
    }
    Breaker before = dao.lock(action).orElseThrow();
    if (isTouched(before)) {
      dao.close(action, now);
      if (before.openedAt() != null) {
        alerts.clear(transaction, ALERT, action, action + " works again.");
        transaction.afterCommit(() -> LOG.info("The circuit breaker of {} is closed", action));
      }
    }
  }

  private static boolean isTouched(Breaker breaker) {
    return breaker.failures() > 0 || breaker.state() != Breaker.State.CLOSED;
  }

  /** A call failed, for a reason that is not the business's: in the transaction that records so. */
  void failed(Transaction transaction, String action, String error) {
    Instant now = clock.instant();
    BreakerDao dao = transaction.attach(BreakerDao.class);
    dao.takesOrder(action);
    dao.ensure(action, now);
    Breaker before = dao.lock(action).orElseThrow();
    String excerpt = Excerpt.of(error, LONGEST_ERROR);
    dao.count(action, excerpt, now);
    boolean opens =
        before.state() == Breaker.State.CLOSED && before.failures() + 1 >= MOST_FAILURES;
    if (opens || before.state() == Breaker.State.HALF_OPEN) {
      dao.open(action, now.plus(COOL_DOWN), now);
    }
    if (opens) {
      alerts.report(
          transaction,
          ALERT,
          action,
          "%s failed %d times in a row and is not called any more"
              .formatted(action, before.failures() + 1),
          Map.of("action", action, "failures", before.failures() + 1, "last_error", excerpt));
      transaction.afterCommit(
          () -> LOG.warn("The circuit breaker of {} is open, last with: {}", action, excerpt));
    }
  }

  /** Closes one by hand; whether it was open. */
  boolean reset(Transaction transaction, String action, String reason) {
    BreakerDao dao = transaction.attach(BreakerDao.class);
    boolean wasOpen =
        dao.lock(action).map(breaker -> breaker.state() != Breaker.State.CLOSED).orElse(false);
    dao.close(action, clock.instant());
    if (wasOpen) {
      alerts.clear(transaction, ALERT, action, reason);
    }
    return wasOpen;
  }

  /** All of them. */
  static List<Breaker> all(Handle handle) {
    return handle.attach(BreakerDao.class).all();
  }
}

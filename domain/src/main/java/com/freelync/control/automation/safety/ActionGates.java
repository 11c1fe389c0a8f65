package com.freelync.control.automation.safety;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.StepPlace;
import com.freelync.control.database.Transaction;
import java.math.BigDecimal;
import java.util.UUID;

/** The gates that every call of an action passes, whoever asks: in the step's own transaction. */
public final class ActionGates {
  private final ActionLimiter limiter;
  private final Breakers breakers;

  public ActionGates(ActionLimiter limiter, Breakers breakers) {
    this.limiter = limiter;
    this.breakers = breakers;
  }

  /**
   * Makes sure that a call may be made at all, and says what else it has to heed.
   *
   * @throws HeldUp if it may not now
   * @throws TrialDue if it may once it has taken the trial of its breaker
   */
  public Gate open(Transaction transaction, Call call) {
    GateDao dao = transaction.attach(GateDao.class);
    dao.act(call.action());
    Gate gate =
        dao.look(
            KillSwitch.ALL,
            call.workflowId(),
            call.action(),
            call.executionId(),
            call.place().path(),
            call.place().item(),
            call.generation());
    if (gate.isStopped()) {
      KillSwitch.requireOff(transaction, call.workflowId());
    }
    if (gate.isBreakerTouched()) {
      breakers.requireClosed(transaction, call.action(), call.key());
    }
    return gate;
  }

  /**
   * Takes what a call needs of its limits.
   *
   * @param amount the ETB that it moves
   * @throws HeldUp if one is full
   */
  public void reserve(Transaction transaction, Call call, Gate gate, BigDecimal amount) {
    if (!gate.isReserved()) {
      limiter.reserve(transaction, call, amount, gate.isQueuedFor());
    }
  }

  /** Notes what a call did, in the transaction that records it. */
  public void succeeded(Transaction transaction, Call call) {
    breakers.succeeded(transaction, call.action());
    goOn(transaction, call);
  }

  /** Notes what a call did in the transaction that opened the gate; nothing new passes no limit. */
  public void did(Transaction transaction, Call call, Gate gate, Action.Result result) {
    if (result.isNew()) {
      reserve(transaction, call, gate, result.amount());
    }
    if (gate.isBreakerTouched()) {
      breakers.succeeded(transaction, call.action());
    }
    if (gate.isWaiting()) {
      goOn(transaction, call);
    }
  }

  private static void goOn(Transaction transaction, Call call) {
    transaction
        .attach(WaitDao.class)
        .goOn(call.executionId(), call.place().path(), call.place().item());
  }

  /** Takes the trial of a breaker for a call; whether it got it. */
  public boolean takeTrial(Transaction transaction, Call call) {
    return breakers.takeTrial(transaction, call.action(), call.key());
  }

  /** Notes a call that failed for a reason that may pass. */
  public void failed(Transaction transaction, Call call, String error) {
    breakers.failed(transaction, call.action(), error);
  }

  /** Notes a call that the business refused: nothing was done. */
  public void refused(Transaction transaction, Call call) {
    breakers.saidNothing(transaction, call.action(), call.key());
    notDone(transaction, call);
  }

  /** Gives back what a call took that is not made any more. */
  public void notDone(Transaction transaction, Call call) {
    notDone(transaction, call.executionId(), call.place());
  }

  /** Gives back what the call of a step took that is not made any more. */
  public void notDone(Transaction transaction, UUID executionId, StepPlace place) {
    limiter.release(transaction, executionId, place.path(), place.item());
    transaction.attach(WaitDao.class).goOn(executionId, place.path(), place.item());
  }
}

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
   * Makes sure that a call may be made at all.
   *
   * @throws HeldUp if it may not now
   * @throws TrialDue if it may once it has taken the trial of its breaker
   */
  public void open(Transaction transaction, Call call) {
    KillSwitch.requireOff(transaction, call.workflowId());
    breakers.requireClosed(transaction, call.action(), call.key());
  }

  /**
   * Takes what a call needs of its limits.
   *
   * @param amount the ETB that it moves
   * @throws HeldUp if one is full
   */
  public void reserve(Transaction transaction, Call call, BigDecimal amount) {
    limiter.reserve(transaction, call, amount);
  }

  /** Notes what a call did, in the transaction that records it. */
  public void succeeded(Transaction transaction, Call call) {
    breakers.succeeded(transaction, call.action());
    transaction
        .attach(WaitDao.class)
        .goOn(call.executionId(), call.place().path(), call.place().item());
  }

  /** Notes that a call did nothing new: it passes no limit. */
  public void did(Transaction transaction, Call call, Action.Result result) {
    if (result.isNew()) {
      reserve(transaction, call, result.amount());
    }
    succeeded(transaction, call);
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

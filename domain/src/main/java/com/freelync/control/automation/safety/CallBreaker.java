package com.freelync.control.automation.safety;

import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The circuit breaker of a system that is called outside of steps, such as the payment gateway;
 * shared by all processes, and like an action's in everything else.
 */
public final class CallBreaker {
  private final Database database;
  private final Breakers breakers;
  private final String name;

  /**
   * @param name as people see it; no action has it
   */
  public CallBreaker(Database database, Breakers breakers, String name) {
    this.database = database;
    this.breakers = breakers;
    this.name = name;
  }

  /** It is not to be called before that time. */
  public static final class Open extends Exception {
    private static final long serialVersionUID = 1L;
    private final Instant until;

    private Open(String message, Instant until) {
      super(message, null, false, false);
      this.until = until;
    }

    /** When it may be tried again. */
    public Instant until() {
      return until;
    }
  }

  /**
   * Makes sure that it may be called; where it has cooled down, the first call that asks tries.
   *
   * @param call what tells the call from others, the same when it is repeated
   * @throws Open if it failed too often
   */
  public void requireClosed(String call) throws Open {
    try {
      records(
          transaction -> {
            try {
              breakers.requireClosed(transaction, name, call);
            } catch (TrialDue due) {
              if (!breakers.takeTrial(transaction, name, call)) {
                // Somebody else has just taken it.
                breakers.requireClosed(transaction, name, call);
              }
            }
          });
    } catch (HeldUp held) {
      throw new Open(held.reason(), Objects.requireNonNull(held.until()));
    }
  }

  /** A call went well. */
  public void succeeded() {
    records(transaction -> breakers.succeeded(transaction, name));
  }

  /** A call failed, for a reason that may pass. */
  public void failed(String error) {
    records(transaction -> breakers.failed(transaction, name, error));
  }

  /** What was asked was refused, as business is: that says nothing. */
  public void saidNothing(String call) {
    records(transaction -> breakers.saidNothing(transaction, name, call));
  }

  private void records(Consumer<Transaction> work) {
    database.transaction(
        transaction -> {
          work.accept(transaction);
          return name;
        });
  }
}

package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.StepPerformance.Acting;
import com.freelync.control.automation.safety.ActionGates;
import com.freelync.control.automation.safety.HeldUp;
import com.freelync.control.automation.safety.StepWaits;
import com.freelync.control.automation.safety.TrialDue;
import com.freelync.control.database.Database;
import com.freelync.control.database.Failures;
import com.freelync.control.database.Transaction;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a durable run does, step by step. Everything here may be called again with the same
 * arguments, by any process, and then changes nothing.
 */
public final class RunSteps {
  private final Database database;
  private final ActionCatalog catalog;
  private final StoredDefinitions definitions;
  private final AuditLog audit;
  private final RunApprovals approvals;
  private final ActionGates gates;
  private final StepWaits waits;
  private final Runs runs;
  private final Clock clock;

  public RunSteps(
      Database database,
      ActionCatalog catalog,
      StoredDefinitions definitions,
      AuditLog audit,
      RunApprovals approvals,
      ActionGates gates,
      StepWaits waits,
      Runs runs,
      Clock clock) {
    this.database = database;
    this.catalog = catalog;
    this.definitions = definitions;
    this.audit = audit;
    this.approvals = approvals;
    this.gates = gates;
    this.waits = waits;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * One call of the action at a place of the stored definition.
   *
   * @param given the inputs as the caller has them: recorded of a step that is refused before its
   *     own are found in the stored definition
   * @param attempt which attempt this is, from 1
   * @param waitsIn the workflow that is to be woken if the step is held up
   * @param begins whether the run begins with this step, which nothing has recorded before
   * @param ends whether the run is COMPLETED once this step is done
   */
  public record Asked(
      UUID executionId,
      StepPlace place,
      Map<String, Object> given,
      int attempt,
      String waitsIn,
      boolean begins,
      boolean ends) {
    /** A step of a run that began before, and ends later. */
    public Asked(
        UUID executionId, StepPlace place, Map<String, Object> given, int attempt, String waitsIn) {
      this(executionId, place, given, attempt, waitsIn, false, false);
    }
  }

  /**
   * Performs an action and records its step in one transaction; one that leaves the house is only
   * begun. A step that has ended keeps its end: it is returned, and nothing is done. Where the run
   * begins or ends with the step, that is recorded in the same transaction; one that is only begun
   * ends no run.
   *
   * @throws RuntimeException if it fails for a reason that may pass; the step then says so
   */
  public Attempt perform(Asked asked) {
    StepPerformance step = performance(asked);
    try {
      return database.transaction(
          transaction -> {
            Attempt attempt = step.in(transaction);
            if (asked.ends() && attempt instanceof Attempt.Done) {
              runs.finish(transaction, asked.executionId(), "COMPLETED", null, null);
            }
            return attempt;
          });
    } catch (TrialDue due) {
      return tryOut(asked, step);
    } catch (HeldUp held) {
      return heldUp(asked, step, held);
    } catch (ActionRefused refused) {
      return refused(asked, step, refused);
    } catch (RuntimeException e) {
      failed(asked, step, e);
      throw e;
    }
  }

  /** The trial is committed before the call is made: of several that come now one makes it. */
  private Attempt tryOut(Asked asked, StepPerformance step) {
    Acting turn = step.acting().orElseThrow();
    database.transaction(transaction -> gates.takeTrial(transaction, turn.call()));
    return perform(asked);
  }

  /**
   * Does what {@link #perform} began outside of the house, and records it.
   *
   * @throws RuntimeException if it fails for a reason that may pass; the step then says so
   */
  public Attempt performOutside(Asked asked) {
    StepPerformance step = performance(asked);
    try {
      // Once more in whole: what was cancelled or stopped meanwhile is not done.
      Attempt begun = database.transaction(step::in);
      if (!(begun instanceof Attempt.Begun)) {
        return begun;
      }
      Acting turn = step.acting().orElseThrow();
      Action.Result result = ((Action.Outside) turn.action()).perform(turn.request());
      return database.transaction(transaction -> step.done(transaction, turn, result));
    } catch (TrialDue due) {
      tryOut(asked, step);
      return performOutside(asked);
    } catch (HeldUp held) {
      return heldUp(asked, step, held);
    } catch (ActionRefused refused) {
      return refused(asked, step, refused);
    } catch (RuntimeException e) {
      failed(asked, step, e);
      throw e;
    }
  }

  private StepPerformance performance(Asked asked) {
    return new StepPerformance(
        catalog,
        approvals,
        definitions,
        gates,
        clock,
        asked.executionId(),
        asked.place(),
        asked.given(),
        asked.attempt(),
        asked.begins());
  }

  /** A full limit is what the definition says; everything else is waited for. */
  private Attempt heldUp(Asked asked, StepPerformance step, HeldUp held) {
    Acting turn = step.acting().orElseThrow();
    OnLimit onLimit = held.hold() == HeldUp.Hold.LIMIT ? turn.onLimit() : OnLimit.QUEUE;
    return switch (onLimit) {
      case QUEUE -> hold(asked, step, turn, held);
      case SKIP -> {
        record(asked, step.record(), "SKIPPED", Map.of("reason", held.reason()));
        yield new Attempt.Skipped(held.reason());
      }
      case FAIL -> refused(asked, step, new ActionRefused("limit_full", held.reason()));
      case ASK -> ask(asked, step, turn, held);
    };
  }

  private Attempt hold(Asked asked, StepPerformance step, Acting turn, HeldUp held) {
    return database.transaction(
        transaction -> {
          begin(transaction, asked);
          // Whoever ended the run meanwhile forgot what waited in it: nothing may come after that.
          boolean isOver =
              transaction
                  .attach(ExecutionDao.class)
                  .lockActing(asked.executionId())
                  .map(row -> row.isOver() || (row.isCancelled() && !row.compensates()))
                  .orElse(true);
          if (isOver) {
            return new Attempt.Cancelled();
          }
          if (step.record()
              .write(
                  transaction.attach(StepDao.class),
                  "WAITING",
                  null,
                  Map.of("waits_for", held.hold().name(), "reason", held.reason()),
                  clock.instant())) {
            waits.hold(transaction, turn.call(), held, asked.waitsIn());
          }
          return new Attempt.Waits(held.hold(), held.reason(), held.until());
        });
  }

  private Attempt ask(Asked asked, StepPerformance step, Acting turn, HeldUp held) {
    // Only a run that is under way waits for people.
    if (asked.begins()) {
      database.transaction(
          transaction -> {
            begin(transaction, asked);
            return asked;
          });
    }
    Optional<Approval> approval =
        approvals.askToLift(
            asked.executionId(), asked.place(), step.action(), held, asked.waitsIn());
    if (approval.isEmpty()) {
      return new Attempt.Cancelled();
    }
    return switch (approval.get().status()) {
      case WAITING, APPROVED -> {
        record(
            asked,
            step.record(),
            "WAITING",
            Map.of("waits_for", "PEOPLE", "reason", held.reason()));
        yield new Attempt.Asks(approval.get());
      }
      case REJECTED, TIMED_OUT -> {
        String reason = approval.get().outcomeInWords();
        database.transaction(
            transaction -> {
              gates.notDone(transaction, turn.call());
              return step;
            });
        record(
            asked, step.record(), "SKIPPED", Map.of("reason", reason, StepRecord.REJECTED, true));
        yield new Attempt.Rejected(reason);
      }
      case WITHDRAWN -> new Attempt.Cancelled();
    };
  }

  /** Records that a step failed for good, when its attempts are used up. */
  public void failed(
      UUID executionId, StepPlace place, String action, Map<String, Object> failure) {
    StepRecord step = new StepRecord(executionId, place, action, Map.of(), 1, clock.instant());
    database.transaction(
        transaction -> {
          if (step.write(
              transaction.attach(StepDao.class), "FAILED", null, failure, clock.instant())) {
            gates.notDone(transaction, executionId, place);
          }
          return step;
        });
  }

  /** What was taken back with a step that began its run holds all the same: the run has begun. */
  private void begin(Transaction transaction, Asked asked) {
    if (asked.begins()) {
      transaction.attach(ExecutionDao.class).begin(asked.executionId(), clock.instant());
    }
  }

  private void record(Asked asked, StepRecord step, String status, Map<String, Object> error) {
    database.transaction(
        transaction -> {
          begin(transaction, asked);
          step.write(transaction.attach(StepDao.class), status, null, error, clock.instant());
          return status;
        });
  }

  /** What was refused did nothing, and is not undone. */
  private Attempt refused(Asked asked, StepPerformance step, ActionRefused refused) {
    Map<String, Object> error =
        new LinkedHashMap<>(Runs.failure(refused.code(), refused.reason(), null));
    error.put("refused", true);
    database.transaction(
        transaction -> {
          begin(transaction, asked);
          step.record()
              .write(transaction.attach(StepDao.class), "FAILED", null, error, clock.instant());
          step.acting().ifPresent(turn -> gates.refused(transaction, turn.call()));
          step.refusal(refused).ifPresent(entry -> audit.record(transaction, entry));
          return step;
        });
    return new Attempt.Refused(refused.code(), refused.reason());
  }

  /** Best effort: where the database itself is away, the attempt shows only in Temporal. */
  private void failed(Asked asked, StepPerformance step, RuntimeException cause) {
    String message = Failures.describe(cause);
    Map<String, Object> error = Runs.failure(cause.getClass().getName(), message, null);
    try {
      database.transaction(
          transaction -> {
            begin(transaction, asked);
            step.record()
                .write(transaction.attach(StepDao.class), "RUNNING", null, error, clock.instant());
            if (!Failures.isAway(cause) && !Failures.isTimeout(cause)) {
              step.acting().ifPresent(turn -> gates.failed(transaction, turn.call(), message));
            }
            return step;
          });
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}

package com.freelync.control.automation;

import com.freelync.control.approval.Slot;
import com.freelync.control.condition.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One thing that an automation does. */
public sealed interface Step {
  /**
   * Where it stands in the definition, as a JSON Pointer: its identity in every record of a run.
   */
  String path();

  /**
   * Performs an action.
   *
   * @param id the name by which later steps refer to its output
   * @param action the action's name
   * @param with its inputs; a text may refer to {@code ${trigger.…}} and {@code ${steps.ID.…}}
   * @param retry how often a transient failure is tried again
   * @param compensate what undoes it; known before it is called, so that nothing is forgotten
   */
  record ActionStep(
      String path,
      @Nullable String id,
      String action,
      Map<String, Object> with,
      Retry retry,
      List<ActionStep> compensate)
      implements Step {
    public ActionStep {
      with = Map.copyOf(with);
      compensate = List.copyOf(compensate);
    }

    /** One that nothing undoes. */
    public ActionStep(
        String path, @Nullable String id, String action, Map<String, Object> with, Retry retry) {
      this(path, id, action, with, retry, List.of());
    }
  }

  /** Does one thing or the other. */
  record IfStep(String path, Condition when, List<Step> then, List<Step> otherwise)
      implements Step {
    public IfStep {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** Does several things at the same time, and goes on when all of them have ended. */
  record ParallelStep(String path, List<List<Step>> branches) implements Step {
    public ParallelStep {
      branches = branches.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Does the same for each item of a list.
   *
   * @param id the name by which later steps refer to its {@code count}
   * @param items a list, or a reference to one
   * @param batch how many items are done at the same time
   * @param steps what is done; they see the item as {@code ${item}}
   */
  record ForEachStep(String path, @Nullable String id, Object items, int batch, List<Step> steps)
      implements Step {
    /** How many items are done at the same time unless the step says otherwise. */
    public static final int STANDARD_BATCH = 20;

    public ForEachStep {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Waits.
   *
   * @param until a duration, an RFC 3339 instant, or a reference to one of these
   */
  record WaitStep(String path, String until) implements Step {}

  /**
   * Waits for people.
   *
   * @param name what is asked for; later steps refer to it as {@code steps.NAME}
   * @param slots each is filled by a different person
   * @param remindAfter when those who are asked are reminded
   * @param escalateAfter who is asked besides, and after how long
   * @param timeout after how long it ends by itself
   * @param onTimeout how it ends then
   * @param continueOnReject whether the run goes on when rejected; else it ends as REJECTED
   */
  record ApprovalStep(
      String path,
      String name,
      List<Slot> slots,
      @Nullable Duration remindAfter,
      SequencedMap<Duration, Slot> escalateAfter,
      @Nullable Duration timeout,
      OnTimeout onTimeout,
      boolean continueOnReject)
      implements Step {
    public ApprovalStep {
      slots = List.copyOf(slots);
    }
  }

  /** What silence means; written in lower case. */
  enum OnTimeout {
    /** The same as a no. */
    REJECT,
    /** The same as a yes; not where money moves. */
    APPROVE,
    /** The run goes on, and the outcome is TIMED_OUT. */
    CONTINUE
  }

  /**
   * Does something that may fail.
   *
   * @param id the name by which later steps refer to its {@code outcome} and {@code error}
   * @param body what may fail
   * @param onError what a failure in it leads to
   * @param handler what is done after a failure; then the run goes on
   * @param last what is done at the end, however it ended
   */
  record TryStep(
      String path,
      @Nullable String id,
      List<Step> body,
      OnError onError,
      List<Step> handler,
      List<Step> last)
      implements Step {
    public TryStep {
      body = List.copyOf(body);
      handler = List.copyOf(handler);
      last = List.copyOf(last);
    }
  }

  /** What a failure leads to; written in lower case. */
  enum OnError {
    /** The handler is run where there is one; else the failure goes on. */
    FAIL,
    /** As if it had not happened. */
    CONTINUE,
    /** What was done is undone in reverse order; then as {@link #FAIL}. */
    COMPENSATE
  }

  /**
   * Ends the run.
   *
   * @param outcome how
   * @param reason why; it may hold references
   */
  record StopStep(String path, Outcome outcome, String reason) implements Step {
    /** How a run is ended. */
    public enum Outcome {
      COMPLETED,
      FAILED
    }
  }
}

package com.freelync.control.automation;

import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.database.Transaction;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Something that an automation can do. One class each: its name, its inputs, its estimate and what
 * it does, so that the catalog, the checker, the dry run and the workers always agree.
 */
public sealed interface Action {
  /** Its name, inputs and outputs, and whether it moves money. */
  ActionSignature signature();

  /** What it is for, in one sentence. */
  String summary();

  /** What an editor should know of it besides. */
  Traits traits();

  /** Why no automation with it may become active here; empty if it works. */
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /**
   * Why a definition with these inputs must not even be stored, by input; empty if it may be.
   *
   * @param with the inputs as they stand there, with references in them
   */
  default Map<String, String> objections(Handle handle, Map<String, Object> with) {
    return Map.of();
  }

  /**
   * What it would do after the steps before it; reads only.
   *
   * @param foreseen what those would have changed, to which it adds its own changes
   * @throws ActionRefused if the inputs are wrong
   */
  Estimate estimate(Handle handle, Request request, Foreseen foreseen);

  /**
   * What it would have done in the past, by the facts of that time alone: it reads nothing.
   *
   * @throws ActionRefused if the inputs are wrong
   */
  default Hindsight hindsight(Request request) {
    return Hindsight.done();
  }

  /** One that touches our own database alone, for milliseconds. */
  non-sealed interface Transactional extends Action {
    /**
     * Does it, in the transaction that also records the step: both happen or neither.
     *
     * @throws ActionRefused if the rules of the business say no; it is not tried again
     */
    Result perform(Transaction transaction, Request request);
  }

  /** One that leaves the house, or takes long. */
  non-sealed interface Outside extends Action {
    /**
     * Does it. It may be called again with the same {@link Request#key()}, also after it was done
     * and before that was recorded, and must then do nothing twice.
     *
     * @throws ActionRefused if it is refused for good; it is not tried again
     * @throws RuntimeException if it fails for a reason that may pass
     */
    Result perform(Request request);
  }

  /** One that the language itself carries out, as an approval step: it is never performed. */
  non-sealed interface Asking extends Action {}

  /**
   * What the catalog tells of an action.
   *
   * @param effect what is different afterwards
   * @param undo how it is undone; null if it cannot be
   * @param idempotency why doing it twice is doing it once
   * @param limits how much of it there may be, unless settings say otherwise
   */
  record Traits(String effect, @Nullable String undo, String idempotency, ActionLimits limits) {}

  /**
   * One call.
   *
   * @param run the run that asks
   * @param place the step, and within loops the item
   * @param generation how often the step was undone and taken again before
   * @param input the inputs, defaults filled in and types checked
   */
  record Request(RunIdentity run, StepPlace place, int generation, Map<String, Object> input) {
    /** What makes this call the same call, however often it is made. */
    public String key() {
      return run.executionId()
          + place.path()
          + (place.item().isEmpty() ? "" : "#" + place.item())
          + (generation == 0 ? "" : "@" + generation);
    }

    /** An id that is this call's own, the same however often it is made. */
    public UUID id() {
      return UUID.nameUUIDFromBytes(key().getBytes(StandardCharsets.UTF_8));
    }

    /** An input that the signature requires. */
    public Object required(String name) {
      Object value = input.get(name);
      if (value == null) {
        throw new ActionRefused("missing_input", "the input " + name + " is missing");
      }
      return value;
    }

    /** A text that may be missing. */
    public @Nullable String text(String name) {
      Object value = input.get(name);
      return value == null ? null : value.toString();
    }
  }

  /**
   * What was done, and to what.
   *
   * @param output what later steps see
   * @param affected what was changed
   * @param amount the ETB that it moves, which count towards its limit
   * @param isNew whether anything happened: what was done before counts towards no limit
   */
  record Result(
      Map<String, Object> output, List<EntityRef> affected, BigDecimal amount, boolean isNew) {
    /** It was done, and moved no money. */
    public static Result done(Map<String, Object> output, List<EntityRef> affected) {
      return new Result(output, affected, BigDecimal.ZERO, true);
    }

    /** It was done before: nothing happened. */
    public static Result already(Map<String, Object> output) {
      return new Result(output, List.of(), BigDecimal.ZERO, false);
    }
  }

  /**
   * What a call would have done in the past.
   *
   * @param refusal why it would have been refused; null if it would not
   * @param output what later steps would have seen
   * @param amount the ETB that would have moved
   * @param messages how many messages would have been sent
   * @param approves whether it would have decided the entity that way; null if it decides nothing
   */
  record Hindsight(
      @Nullable String refusal,
      Map<String, Object> output,
      BigDecimal amount,
      int messages,
      @Nullable Boolean approves) {
    /** It would have been done, and decided nothing; what it would have given is not known. */
    public static Hindsight done() {
      return new Hindsight(null, Map.of(), BigDecimal.ZERO, 0, null);
    }

    /** It would have been refused. */
    public static Hindsight refused(String why) {
      return new Hindsight(why, Map.of(), BigDecimal.ZERO, 0, null);
    }
  }

  /** A thing that a run touches. */
  record EntityRef(String type, String id) {}

  /**
   * What would happen.
   *
   * @param refusal why it would fail; null if it would run
   * @param output the expected output
   * @param amount the ETB that would move
   * @param messages how many messages would be sent
   * @param note what a person should know of it; null if it says all itself
   * @param isNew whether anything would happen: what was done before counts towards no limit
   */
  record Estimate(
      @Nullable String refusal,
      Map<String, Object> output,
      List<EntityRef> affected,
      BigDecimal amount,
      int messages,
      @Nullable String note,
      boolean isNew) {
    /** It would be done. */
    public Estimate(
        Map<String, Object> output,
        List<EntityRef> affected,
        BigDecimal amount,
        int messages,
        @Nullable String note) {
      this(null, output, affected, amount, messages, note, true);
    }

    /** It would be refused. */
    public static Estimate refused(String why) {
      return new Estimate(why, Map.of(), List.of(), BigDecimal.ZERO, 0, null, false);
    }

    /** It would succeed and change nothing, because it was done before. */
    public static Estimate already(Map<String, Object> output, String note) {
      return new Estimate(null, output, List.of(), BigDecimal.ZERO, 0, note, false);
    }
  }
}

package com.freelync.control.automation;

import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.database.Transaction;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Something that an automation can do. One class each: its name, its inputs, its estimate and what
 * it does, so that the catalog, the checker, the dry run and the workers always agree.
 */
public interface Action {
  /** Its name, inputs and outputs, and whether it moves money. */
  ActionSignature signature();

  /** What it is for, in one sentence. */
  String summary();

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
   */
  Estimate estimate(Handle handle, Request request, Foreseen foreseen);

  /**
   * Does it, in the transaction that also records the step: both happen or neither.
   *
   * @throws ActionRefused if the rules of the business say no; it is not tried again
   */
  Result perform(Transaction transaction, Request request);

  /**
   * One call.
   *
   * @param run the run that asks
   * @param path the step's path, part of the call's identity
   * @param input the inputs, defaults filled in and types checked
   */
  record Request(RunIdentity run, String path, Map<String, Object> input) {
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

  /** What was done, and to what. */
  record Result(Map<String, Object> output, List<EntityRef> affected) {}

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
   */
  record Estimate(
      @Nullable String refusal,
      Map<String, Object> output,
      List<EntityRef> affected,
      BigDecimal amount,
      int messages,
      @Nullable String note) {
    /** It would be refused. */
    public static Estimate refused(String why) {
      return new Estimate(why, Map.of(), List.of(), BigDecimal.ZERO, 0, null);
    }

    /** It would succeed and change nothing, because it was done before. */
    public static Estimate already(Map<String, Object> output, String note) {
      return new Estimate(null, output, List.of(), BigDecimal.ZERO, 0, note);
    }
  }
}

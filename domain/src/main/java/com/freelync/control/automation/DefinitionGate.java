package com.freelync.control.automation;

import com.freelync.control.database.Json;
import com.freelync.control.parse.DefinitionChecker;
import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.parse.DefinitionPrinter;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What a document must pass to be stored, and to become active. */
public final class DefinitionGate {
  private final ActionCatalog catalog;

  public DefinitionGate(ActionCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The definition in a document.
   *
   * @throws RequestRefused.Invalid with everything that is wrong with it
   */
  public Definition check(Map<String, Object> document) {
    return switch (DefinitionParser.parse(document)) {
      case DefinitionParser.Result.Invalid invalid -> throw refused(invalid.errors());
      case DefinitionParser.Result.Parsed parsed -> {
        List<DefinitionError> errors =
            DefinitionChecker.check(parsed.definition(), document, catalog);
        if (!errors.isEmpty()) {
          throw refused(errors);
        }
        yield parsed.definition();
      }
    };
  }

  /**
   * Makes sure that this control center can run a definition before it becomes active.
   *
   * @throws RequestRefused.Invalid naming what it cannot run
   */
  void checkRunnable(Definition definition) {
    List<DefinitionError> errors = new ArrayList<>();
    Steps.actions(definition.steps())
        .forEach(
            step ->
                catalog
                    .find(step.action())
                    .flatMap(Action::unavailable)
                    .ifPresent(
                        why -> errors.add(new DefinitionError(step.path(), "not_runnable", why))));
    if (!errors.isEmpty()) {
      throw refused(errors);
    }
  }

  /**
   * Makes sure that a definition holds nothing that has no place in one, such as a secret.
   *
   * @throws RequestRefused.Invalid naming what an action objects to
   */
  public void requireStorable(Handle handle, Definition definition) {
    List<DefinitionError> errors = new ArrayList<>();
    Steps.actions(definition.steps())
        .forEach(
            step ->
                catalog
                    .find(step.action())
                    .map(action -> action.objections(handle, step.with()))
                    .orElse(Map.of())
                    .forEach(
                        (input, why) ->
                            errors.add(
                                new DefinitionError(place(step, input), "not_storable", why))));
    if (!errors.isEmpty()) {
      throw refused(errors);
    }
  }

  /** Where an input stands, or the step where it should stand. */
  private static String place(Step.ActionStep step, String input) {
    return step.with().isEmpty() ? step.path() : step.path() + "/with/" + input;
  }

  /** The SHA-256 of the canonical form: two documents that say the same have the same. */
  static String contentHash(Definition definition) {
    Map<String, Object> document = DefinitionPrinter.print(definition);
    document.put("mode", hashed(definition.mode(), document.get("mode")));
    return Hashing.sha256().hashString(Json.canonical(document), StandardCharsets.UTF_8).toString();
  }

  /** Naming no mode was hashed as {parallel: 100} before modes were held: that stays approved. */
  private static Object hashed(Mode mode, @Nullable Object written) {
    return written == null
        ? Map.of("parallel", 100)
        : mode.equals(new Mode.Parallel(100)) ? Map.of("at_most", 100) : written;
  }

  private static RequestRefused.Invalid refused(List<DefinitionError> errors) {
    return new RequestRefused.Invalid(
        errors.stream()
            .map(error -> new FieldError(error.path(), error.code(), error.message()))
            .toList());
  }
}

package com.freelync.control.automation;

import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.condition.Values;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fills in the inputs that a definition leaves to the trigger's data, and checks their types. */
public final class ActionInputs {
  private ActionInputs() {}

  /** The inputs as far as they are known, unchecked: what a step that is refused was given. */
  static Map<String, Object> known(
      Action action, Map<String, Object> given, Map<String, Object> triggerData) {
    Map<String, Object> input = new LinkedHashMap<>(given);
    for (InputField field : action.signature().inputs()) {
      Object value = triggerData.get(field.name());
      if (value != null) {
        input.putIfAbsent(field.name(), value);
      }
    }
    return input;
  }

  /**
   * The inputs of one call.
   *
   * @throws ActionRefused if one is missing or of another type than the signature says
   */
  public static Map<String, Object> complete(
      Action action, Map<String, Object> given, Map<String, Object> triggerData) {
    Map<String, Object> input = new LinkedHashMap<>();
    for (InputField field : action.signature().inputs()) {
      Object value = given.get(field.name());
      if (value == null) {
        value = triggerData.get(field.name());
      }
      if (value == null && field.required()) {
        throw new ActionRefused(
            "missing_input",
            action.signature().name()
                + " needs "
                + field.name()
                + ": neither the step nor the trigger's data has it");
      }
      if (value != null) {
        input.put(field.name(), typed(field, Values.normalize(value)));
      }
    }
    return input;
  }

  private static Object typed(InputField field, Object value) {
    boolean fits =
        switch (field.type()) {
          case NUMBER -> value instanceof BigDecimal;
          case TEXT -> value instanceof String;
          case BOOLEAN -> value instanceof Boolean;
          case LIST -> value instanceof List || StoredList.of(value).isPresent();
          case ANY -> true;
          case TIME -> value instanceof String text && Values.instant(text).isPresent();
        };
    if (!fits) {
      throw new ActionRefused(
          "input_type", field.name() + " is " + field.type() + ", not " + Values.kind(value));
    }
    return value;
  }
}

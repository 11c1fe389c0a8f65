package com.freelync.control.event;

import com.freelync.control.database.Json;
import com.freelync.control.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an event must be like to be taken in. */
final class EventValidation {
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z0-9_]+){1,9}");
  private static final int LONGEST = 255;
  private static final int LARGEST_DATA = 64 * 1024;

  private final EntityTypes entities;

  EventValidation(EntityTypes entities) {
    this.entities = entities;
  }

  List<FieldError> check(PlatformEvent event) {
    List<FieldError> errors = new ArrayList<>();
    text(errors, "/source", event.source(), true);
    text(errors, "/id", event.id(), true);
    text(errors, "/subject", event.subject(), false);
    if (event.type().length() > LONGEST || !TYPE.matcher(event.type()).matches()) {
      errors.add(
          new FieldError("/type", "type", "a dotted type such as payout.requested is needed"));
    }
    String data = Json.write(event.data());
    if (data.length() > LARGEST_DATA) {
      errors.add(
          new FieldError("/data", "too_large", "data has at most " + LARGEST_DATA + " characters"));
    } else if (data.contains("\\u0000")) {
      errors.add(new FieldError("/data", "nul", "NUL characters are not allowed"));
    }
    entities
        .ofEvent(event.type())
        .ifPresent(entity -> id(errors, entity.idField(), event.data().get(entity.idField())));
    return errors;
  }

  private static void text(
      List<FieldError> errors, String field, @Nullable String text, boolean required) {
    boolean fits =
        text == null
            ? !required
            : !text.isBlank() && text.length() <= LONGEST && text.indexOf('\0') < 0;
    if (!fits) {
      errors.add(
          new FieldError(
              field, "text", "a text of 1 to " + LONGEST + " characters without NUL is needed"));
    }
  }

  private static void id(List<FieldError> errors, String field, @Nullable Object value) {
    if (!(value instanceof String text) || !isUuid(text)) {
      errors.add(
          new FieldError("/data/" + field, "uuid", "the id of the entity, a UUID, is needed"));
    }
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

package com.freelync.control.api.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.problem.FieldError;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record from a JSON object and finds everything that is wrong at once: unknown fields,
 * missing ones (those not {@code @Nullable}), null items of lists, wrong types, texts that are
 * blank or longer than 1,000 characters, and what the record's constructor refuses by an {@link
 * IllegalArgumentException}.
 */
public final class RecordBinder {
  /** What people write of why they do something fits; more would fill the audit log and lists. */
  private static final int LONGEST_TEXT = 1_000;

  private final ObjectMapper json;

  public RecordBinder(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Binds a body.
   *
   * @throws ProblemException 422 with all errors
   */
  public <T extends Record> T bind(JsonNode body, Class<T> type) {
    List<FieldError> errors = new ArrayList<>();
    TextCheck.check(body, "", errors);
    Object bound = bind(body, type, "", errors);
    if (bound == null || !errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return type.cast(bound);
  }

  private @Nullable Object bind(
      JsonNode node, Class<?> type, String pointer, List<FieldError> errors) {
    if (!node.isObject()) {
      errors.add(new FieldError(pointer, "type", "an object is expected"));
      return null;
    }
    Map<String, RecordComponent> components = components(type);
    int before = errors.size();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!components.containsKey(name)) {
                errors.add(
                    new FieldError(
                        pointer + "/" + TextCheck.escaped(name),
                        "unknown",
                        "known are " + components.keySet()));
              }
            });
    Object[] values =
        Arrays.stream(type.getRecordComponents())
            .map(component -> value(node, component, pointer, errors))
            .toArray();
    return errors.size() > before ? null : construct(type, values, pointer, errors);
  }

  private static Map<String, RecordComponent> components(Class<?> type) {
    Map<String, RecordComponent> components = new TreeMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(nameOf(component), component);
    }
    return components;
  }

  private @Nullable Object value(
      JsonNode parent, RecordComponent component, String pointer, List<FieldError> errors) {
    String field = pointer + "/" + nameOf(component);
    JsonNode node = parent.get(nameOf(component));
    if (node == null || node.isNull()) {
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        errors.add(new FieldError(field, "missing", "this field is needed"));
      }
      return null;
    }
    if (component.getType() == String.class) {
      return text(node, field, component, errors);
    }
    if (component.getType().isRecord()) {
      return bind(node, component.getType(), field, errors);
    }
    Class<?> item = recordOfList(component);
    if (item != null && node.isArray()) {
      List<@Nullable Object> items = new ArrayList<>();
      for (JsonNode one : node) {
        items.add(bind(one, item, field + "/" + items.size(), errors));
      }
      return items;
    }
    int before = errors.size();
    noGaps(node, field, errors);
    if (errors.size() > before) {
      return null;
    }
    try {
      return json.readerFor(json.constructType(component.getGenericType())).readValue(node);
    } catch (JsonMappingException e) {
      errors.add(new FieldError(field + path(e), "type", expected(component)));
      return null;
    } catch (JsonProcessingException e) {
      errors.add(new FieldError(field, "type", expected(component)));
      return null;
    } catch (DateTimeException | ArithmeticException e) {
      // A time beyond all years.
      errors.add(new FieldError(field, "type", expected(component)));
      return null;
    } catch (java.io.IOException e) {
      throw new IllegalStateException("a tree is read without I/O", e);
    }
  }

  /** A list has no null items: nobody expects them. */
  private static void noGaps(JsonNode node, String field, List<FieldError> errors) {
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      if (node.get(i).isNull()) {
        errors.add(new FieldError(field + "/" + i, "type", "null is no item of a list"));
      }
      noGaps(node.get(i), field + "/" + i, errors);
    }
  }

  /** The type of a list's items where those are records, so that their errors are named too. */
  private static @Nullable Class<?> recordOfList(RecordComponent component) {
    return component.getType() == List.class
            && component.getGenericType() instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] instanceof Class<?> item
            && item.isRecord()
        ? item
        : null;
  }

  private static @Nullable String text(
      JsonNode node, String field, RecordComponent component, List<FieldError> errors) {
    if (!node.isTextual()) {
      errors.add(new FieldError(field, "type", expected(component)));
    } else if (node.textValue().length() > LONGEST_TEXT) {
      errors.add(
          new FieldError(
              field, "too_long", "a text has at most " + LONGEST_TEXT + " characters here"));
    } else if (node.textValue().isBlank()
        && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      errors.add(
          new FieldError(
              field, "blank", "a text of 1 to " + LONGEST_TEXT + " characters is needed"));
    }
    return node.textValue();
  }

  private static @Nullable Object construct(
      Class<?> type, Object[] values, String pointer, List<FieldError> errors) {
    try {
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        errors.add(new FieldError(pointer, "invalid", String.valueOf(refusal.getMessage())));
        return null;
      }
      throw new IllegalStateException("the record's constructor failed", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the record cannot be constructed", e);
    }
  }

  private static String expected(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return "one of " + Arrays.toString(type.getEnumConstants());
    }
    return switch (type.getSimpleName()) {
      case "String" -> "a text is expected";
      case "UUID" -> "a UUID is expected";
      case "Instant" -> "an RFC 3339 time is expected, such as 2026-02-01T08:00:00Z";
      case "LocalDate" -> "a date is expected, such as 2026-02-01";
      case "Duration" -> "an ISO 8601 duration is expected, such as PT15M";
      case "Boolean", "boolean" -> "true or false is expected";
      case "List", "Set" -> "a list is expected";
      case "Map" -> "an object is expected";
      default -> "a number is expected";
    };
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      path.append('/')
          .append(
              step.getFieldName() == null
                  ? String.valueOf(step.getIndex())
                  : TextCheck.escaped(step.getFieldName()));
    }
    return path.toString();
  }

  private static String nameOf(RecordComponent component) {
    return SnakeCaseStrategy.INSTANCE.translate(component.getName());
  }
}

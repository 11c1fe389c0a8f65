package com.freelync.control.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.api.json.TextCheck;
import com.freelync.control.database.Json;
import com.freelync.control.problem.FieldError;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads CloudEvents 1.0 in their JSON format (cloudevents.io, JSON Event Format). It finds every
 * error of an event with its field, which the readers of libraries do not: they stop at the first.
 */
final class EventReader {
  private static final Set<String> KNOWN =
      Set.of(
          "specversion",
          "id",
          "source",
          "type",
          "subject",
          "time",
          "datacontenttype",
          "dataschema",
          "data");

  private final JsonNode node;
  private final List<FieldError> errors = new ArrayList<>();

  private EventReader(JsonNode node) {
    this.node = node;
  }

  /** An event, or everything that is wrong with it. */
  record Reading(@Nullable PlatformEvent event, List<FieldError> errors) {}

  static Reading read(JsonNode node) {
    EventReader reader = new EventReader(node);
    PlatformEvent event = reader.event();
    return new Reading(reader.errors.isEmpty() ? event : null, reader.errors);
  }

  private @Nullable PlatformEvent event() {
    if (!node.isObject()) {
      errors.add(new FieldError("", "type", "a CloudEvent is an object"));
      return null;
    }
    TextCheck.check(node, "", errors);
    node.properties().forEach(field -> checkAttribute(field.getKey(), field.getValue()));
    if (!node.path("specversion").asText().equals("1.0")) {
      errors.add(new FieldError("/specversion", "value", "specversion is 1.0"));
    }
    String source = text("source", true);
    requireUri("source", source, false);
    requireUri("dataschema", text("dataschema", false), true);
    requireJson(text("datacontenttype", false));
    String id = text("id", true);
    String type = text("type", true);
    String subject = text("subject", false);
    Instant time = time();
    Map<String, Object> data = data();
    return source == null || id == null || type == null
        ? null
        : new PlatformEvent(source, id, type, subject, time, data);
  }

  /**
   * Extension attributes are allowed: of small letters and digits, and of the simple types of the
   * specification's type system, which its JSON format writes as texts, whole numbers and booleans.
   */
  private void checkAttribute(String name, JsonNode value) {
    if (KNOWN.contains(name)) {
      return;
    }
    if (name.matches("[a-z0-9]{1,20}")) {
      boolean isWhole = value.isIntegralNumber() && value.canConvertToInt();
      if (!value.isTextual() && !value.isBoolean() && !value.isNull() && !isWhole) {
        errors.add(
            new FieldError(
                "/" + name,
                "type",
                "an extension attribute is a text, true or false, or a whole number; anything else"
                    + " belongs into data"));
      }
    } else {
      errors.add(
          new FieldError(
              "/" + TextCheck.escaped(name),
              "unknown",
              "known are " + KNOWN.stream().sorted().toList() + " and extension attributes"));
    }
  }

  private @Nullable String text(String field, boolean required) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      if (required) {
        errors.add(new FieldError("/" + field, "missing", "this attribute is needed"));
      }
      return null;
    }
    if (!value.isTextual()) {
      errors.add(new FieldError("/" + field, "type", "a text is expected"));
      return null;
    }
    if (value.textValue().isBlank()) {
      errors.add(
          new FieldError("/" + field, "text", "a text with at least one letter is expected"));
      return null;
    }
    return value.textValue();
  }

  private void requireUri(String field, @Nullable String text, boolean isAbsolute) {
    if (text == null) {
      return;
    }
    try {
      URI uri = new URI(text);
      if (!text.isEmpty()
          && text.equals(uri.toASCIIString())
          && (uri.isAbsolute() || !isAbsolute)) {
        return;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one message for every kind of text that is no URI.
    }
    errors.add(
        new FieldError(
            "/" + field,
            "uri",
            isAbsolute
                ? field + " is a URI such as https://example.com/payout.json"
                : field + " is a URI reference such as /marketplace or urn:freelync:marketplace"));
  }

  private void requireJson(@Nullable String type) {
    if (type != null && !type.matches("(?i)application/([a-z0-9.+-]+\\+)?json *(;.*)?")) {
      errors.add(
          new FieldError(
              "/datacontenttype", "value", "data is JSON here: application/json, or leave it out"));
    }
  }

  private @Nullable Instant time() {
    String text = text("time", false);
    if (text == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
        return time;
      }
    } catch (DateTimeException e) {
      // Falls through to the one message for every kind of wrong time.
    }
    errors.add(new FieldError("/time", "time", "an RFC 3339 time after 1970 is expected"));
    return null;
  }

  private Map<String, Object> data() {
    JsonNode data = node.get("data");
    if (data == null || data.isNull()) {
      return Map.of();
    }
    if (!data.isObject()) {
      errors.add(new FieldError("/data", "type", "data is an object here"));
      return Map.of();
    }
    return Json.readObject(data.toString());
  }
}

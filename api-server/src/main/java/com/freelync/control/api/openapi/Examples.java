package com.freelync.control.api.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.table.Table;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The example requests and answers, one JSON file each, found by their operation's id. */
final class Examples {
  private final ObjectMapper json;

  Examples(ObjectMapper json) {
    this.json = json;
  }

  void attach(Operation operation) {
    if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
      operation
          .getRequestBody()
          .getContent()
          .forEach((type, media) -> show(media, operation.getOperationId() + ".request", type));
    }
    operation
        .getResponses()
        .forEach(
            (status, answer) -> {
              if (status.startsWith("2") && answer.getContent() != null) {
                answer
                    .getContent()
                    .forEach(
                        (type, media) ->
                            show(media, operation.getOperationId() + ".response", type));
              }
            });
  }

  private void show(MediaType media, String name, String type) {
    String suffix = suffix(type);
    Optional<Object> own = find(name + suffix);
    boolean isTable = type.equals(Table.CSV) || type.equals(Table.XLSX);
    (isTable ? own : own.or(() -> find(name))).ifPresent(media::setExample);
  }

  /** A variant of a request for a media type of its own, such as a batch of events. */
  private static String suffix(String type) {
    return switch (type) {
      case "application/cloudevents-batch+json" -> ".batch";
      case "application/cloudevents+json" -> ".structured";
      case "application/yaml" -> ".yaml";
      case "application/x-ndjson" -> ".ndjson";
      case "text/event-stream" -> ".sse";
      case Table.CSV -> ".csv";
      case Table.XLSX -> ".xlsx";
      default -> "";
    };
  }

  private Optional<Object> find(String name) {
    if (name.matches(".*\\.(yaml|ndjson|sse|csv|xlsx)")) {
      return text("/openapi/examples/" + name).map(text -> text);
    }
    try (InputStream file = open("/openapi/examples/" + name + ".json")) {
      return file == null ? Optional.empty() : Optional.of(json.readTree(file));
    } catch (IOException e) {
      throw new IllegalStateException("the example " + name + " is no JSON", e);
    }
  }

  private static Optional<String> text(String path) {
    try (InputStream file = open(path)) {
      return file == null
          ? Optional.empty()
          : Optional.of(new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the example " + path + " cannot be read", e);
    }
  }

  private static @org.jspecify.annotations.Nullable InputStream open(String path) {
    return Examples.class.getResourceAsStream(path);
  }
}

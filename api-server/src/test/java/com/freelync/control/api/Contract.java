package com.freelync.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Locale;

/** What openapi.json promises, held against what was answered. */
final class Contract {
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi30());
  private final JsonNode document;
  private final JsonNode components;

  Contract(JsonNode document) {
    this.document = document;
    this.components = document.path("components").deepCopy();
    // Clients may meet more fields than they know; this server answers none that it does not name.
    components
        .path("schemas")
        .forEach(
            schema -> {
              if (schema.has("properties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
              }
            });
  }

  /** The answer has a status that the operation names, and a body of that status's schema. */
  void assertKept(String method, String template, Answer answer) {
    JsonNode operation =
        document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    JsonNode described = operation.path("responses").path(String.valueOf(answer.status()));
    assertThat(described.isMissingNode())
        .as("%s %s does not name %s", method, template, answer)
        .isFalse();
    String type = answer.header("Content-Type").orElse("").replaceAll(";.*", "");
    JsonNode schema = described.path("content").path(type).path("schema");
    assertThat(schema.isObject())
        .as("%s %s names no schema of %s", method, template, type)
        .isTrue();
    if (!type.matches("application/(x-ndjson|pdf)|text/(event-stream|csv|html)")) {
      assertFits(schema, answer.json(), method + " " + template);
    }
  }

  /** The body is of the schema, with everything that it refers to. */
  void assertFits(JsonNode schema, JsonNode body, String what) {
    ObjectNode whole = schema.deepCopy();
    if (whole.has("$ref")) {
      ObjectNode wrapped = whole.objectNode();
      wrapped.putArray("allOf").add(whole);
      whole = wrapped;
    }
    whole.set("components", components);
    Schema checked = registry.getSchema(whole);
    assertThat(checked.validate(body)).as("%s: %s", what, body).isEmpty();
  }
}

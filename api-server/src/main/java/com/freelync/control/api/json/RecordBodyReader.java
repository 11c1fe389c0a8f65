package com.freelync.control.api.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads the body of every resource method that takes a record; no body is an empty object. */
@Consumes({MediaType.APPLICATION_JSON, JsonBodies.YAML})
public final class RecordBodyReader implements MessageBodyReader<Record> {
  private final ObjectMapper json;
  private final JsonBodies bodies;
  private final RecordBinder binder;

  public RecordBodyReader(ObjectMapper json) {
    this.json = json;
    this.bodies = new JsonBodies(json);
    this.binder = new RecordBinder(json);
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.isRecord();
  }

  @Override
  public Record readFrom(
      Class<Record> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    JsonNode tree = bodies.read(body.readAllBytes(), mediaType);
    return binder.bind(tree.isMissingNode() ? json.createObjectNode() : tree, type);
  }
}

package com.freelync.control.api.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.problem.FieldError;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads bodies as maps, where it matters which fields are given and which are given as null. */
public final class ObjectBodies {
  private static final ObjectMapper JSON = ApiJson.mapper();
  private static final JsonBodies BODIES = new JsonBodies(JSON);
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private ObjectBodies() {}

  /**
   * The object in a body.
   *
   * @param what what is expected, such as "a definition"
   * @throws ProblemException 400 if it is none, 422 if it is no object or a text in it cannot be
   *     kept
   */
  public static Map<String, Object> read(byte[] bytes, MediaType type, String what) {
    JsonNode body = BODIES.read(bytes, type);
    if (body.isMissingNode()) {
      throw ProblemException.malformed("", "empty", what + " is needed: the body is empty");
    }
    List<FieldError> errors = new ArrayList<>();
    if (!body.isObject()) {
      errors.add(new FieldError("", "type", what + " is an object"));
    }
    TextCheck.check(body, "", errors);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return JSON.convertValue(body, OBJECT);
  }
}

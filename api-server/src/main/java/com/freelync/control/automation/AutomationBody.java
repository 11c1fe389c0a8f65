package com.freelync.control.automation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.json.ApiJson;
import com.freelync.control.api.json.JsonBodies;
import com.freelync.control.api.json.TextCheck;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.parse.Document;
import com.freelync.control.problem.FieldError;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A definition in the body of a request, in JSON or YAML. */
final class AutomationBody {
  private static final ObjectMapper JSON = ApiJson.mapper();
  private static final JsonBodies BODIES = new JsonBodies(JSON);
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private AutomationBody() {}

  /** The document; 400 if it is none, 422 if it is no object or a text in it cannot be kept. */
  static Map<String, Object> read(byte[] bytes, MediaType type) {
    if (bytes.length > Document.LONGEST) {
      throw ProblemException.malformed(
          "", "too_large", "a definition has at most " + Document.LONGEST + " bytes");
    }
    JsonNode body = BODIES.read(bytes, type);
    if (body.isMissingNode()) {
      throw ProblemException.malformed("", "empty", "a definition is needed: the body is empty");
    }
    List<FieldError> errors = new ArrayList<>();
    if (!body.isObject()) {
      errors.add(new FieldError("", "type", "a definition is an object"));
    }
    TextCheck.check(body, "", errors);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return JSON.convertValue(body, OBJECT);
  }
}

package com.freelync.control.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.problem.ProblemException;
import java.io.IOException;

/** Reads bodies as JSON trees; what is no JSON is refused with the place where it ends to be. */
public final class JsonBodies {
  private final ObjectMapper json;

  public JsonBodies(ObjectMapper json) {
    this.json = json;
  }

  /** The tree of a body; an empty body is a missing node. */
  public JsonNode read(byte[] body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw ProblemException.malformed("", "encoding", "the body is not UTF-8");
    }
  }

  private static ProblemException malformed(JsonProcessingException e) {
    String field =
        e.getProcessor() instanceof JsonParser parser
            ? shortened(parser.getParsingContext().pathAsPointer().toString())
            : "";
    var location = e.getLocation();
    String where =
        location == null
            ? ""
            : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    if (e instanceof StreamConstraintsException) {
      return ProblemException.malformed(
          field,
          "too_deep_or_long",
          "nested deeper than " + ApiJson.DEEPEST + " levels, or a name, text or number is too long"
              + where);
    }
    if (String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")) {
      return ProblemException.malformed(field, "duplicate", "a field stands twice" + where);
    }
    return ProblemException.malformed(field, "json", "the body is not JSON" + where);
  }

  private static String shortened(String pointer) {
    return pointer.length() <= 200 ? pointer : pointer.substring(0, 200) + "…";
  }
}

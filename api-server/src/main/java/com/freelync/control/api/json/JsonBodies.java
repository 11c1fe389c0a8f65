package com.freelync.control.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.parse.Document;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads bodies as JSON trees, from JSON or YAML; what is neither is refused with the place where it
 * ends to be. It is the one reader of all bodies, so that the same mistake is told in the same
 * words everywhere.
 */
public final class JsonBodies {
  /** The media type of YAML. */
  public static final String YAML = "application/yaml";

  private static final MediaType YAML_TYPE = MediaType.valueOf(YAML);

  private final ObjectMapper json;

  public JsonBodies(ObjectMapper json) {
    this.json = json;
  }

  /** The tree of a body in JSON; an empty body is a missing node. */
  public JsonNode read(byte[] body) {
    return readJson(text(body));
  }

  /** The tree of a body in JSON or, where its type says so, YAML. */
  public JsonNode read(byte[] body, MediaType type) {
    String text = text(body);
    if (!type.isCompatible(YAML_TYPE)) {
      return readJson(text);
    }
    return switch (Document.read(text, Document.Format.YAML)) {
      case Document.Unreadable unreadable ->
          throw ProblemException.malformed(
              unreadable.error().path(), unreadable.error().code(), unreadable.error().message());
      case Document.Readable readable -> json.valueToTree(readable.content());
    };
  }

  private JsonNode readJson(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /** A parser of bytes would take UTF-16 and UTF-32 for granted, which are no JSON (RFC 8259). */
  private static String text(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (!text.startsWith("\0") && text.indexOf('\0') != 1) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
      }
    } catch (CharacterCodingException e) {
      // Falls through to the one message for every other encoding.
    }
    throw ProblemException.malformed("", "encoding", "the body is not UTF-8: send it in UTF-8");
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
          "nested deeper than "
              + ApiJson.DEEPEST
              + " levels, or a name, text or number is too long"
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

package com.freelync.control.automation;

import com.freelync.control.api.json.TextCheck;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.parse.Document;
import com.freelync.control.problem.FieldError;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A definition in the body of a request, in JSON or YAML. */
final class AutomationBody {
  static final String YAML = "application/yaml";

  private AutomationBody() {}

  /** The document; 400 if it is none, 422 if a text in it cannot be kept. */
  static Map<String, Object> read(byte[] bytes, MediaType type) {
    String body = text(bytes);
    Document.Format format =
        type.isCompatible(MediaType.valueOf(YAML)) ? Document.Format.YAML : Document.Format.JSON;
    return switch (Document.read(body, format)) {
      case Document.Unreadable unreadable ->
          throw ProblemException.malformed(
              unreadable.error().path(), unreadable.error().code(), unreadable.error().message());
      case Document.Readable readable -> checked(readable.content());
    };
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ProblemException.malformed("", "encoding", "the body is not UTF-8");
    }
  }

  private static Map<String, Object> checked(Map<String, Object> document) {
    List<FieldError> errors = new ArrayList<>();
    TextCheck.check(document, "", errors);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return document;
  }
}

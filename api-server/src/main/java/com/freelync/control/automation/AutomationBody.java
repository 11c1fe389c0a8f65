package com.freelync.control.automation;

import com.freelync.control.api.json.ObjectBodies;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.parse.Document;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** A definition in the body of a request, in JSON or YAML. */
final class AutomationBody {
  private AutomationBody() {}

  /** The document; 400 if it is none, 422 if it is no object or a text in it cannot be kept. */
  static Map<String, Object> read(byte[] bytes, MediaType type) {
    if (bytes.length > Document.LONGEST) {
      throw ProblemException.malformed(
          "", "too_large", "a definition has at most " + Document.LONGEST + " bytes");
    }
    return ObjectBodies.read(bytes, type, "a definition");
  }
}

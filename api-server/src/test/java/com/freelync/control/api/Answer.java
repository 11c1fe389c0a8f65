package com.freelync.control.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.api.json.ApiJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a server answered; names of headers in small letters. */
record Answer(int status, Map<String, List<String>> headers, String body) {
  Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  JsonNode json() {
    try {
      return ApiJson.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + this, e);
    }
  }

  /** The text at a JSON pointer. */
  String text(String pointer) {
    return json().at(pointer).asText();
  }
}

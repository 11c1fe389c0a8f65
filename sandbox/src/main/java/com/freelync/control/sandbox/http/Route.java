package com.freelync.control.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method and a path, whose segments in braces are named.
 *
 * @param segments of the path, such as {@code payouts}, {@code {id}}
 */
record Route(String method, List<String> segments, Handler handler) {
  /** Answers a request; it may throw {@link Problem}. */
  interface Handler {
    Answer handle(Request request) throws Exception;
  }

  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** The named segments, when the path is this route's. Segments are decoded after splitting. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      if (segment.startsWith("{")) {
        named.put(segment.substring(1, segment.length() - 1), decoded(path.get(i)));
      } else if (!segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(named);
  }

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "malformed", "The address has a wrong escape");
    }
  }
}

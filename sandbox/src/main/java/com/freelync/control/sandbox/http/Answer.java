package com.freelync.control.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a handler answers. */
public sealed interface Answer {
  /** A status with a body. */
  record Body(int status, String contentType, byte[] content) implements Answer {}

  /** No answer at all: the connection is held that long, then closed. */
  record Silence(Duration held) implements Answer {}

  /** A JSON body. */
  static Answer json(int status, Object value) {
    return new Body(status, "application/json", Json.write(value));
  }

  /** An HTML page. */
  static Answer html(String page) {
    return new Body(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }
}

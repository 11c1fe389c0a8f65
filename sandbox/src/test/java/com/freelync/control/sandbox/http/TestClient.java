package com.freelync.control.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a simulator as its users do. */
public record TestClient(URI address) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A status, a content type and a JSON body. */
  public record Reply(int status, String type, JsonNode body) {}

  /** Sends a request; headers are names and values in turn. */
  public Reply send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<byte[]> reply =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(
          reply.statusCode(),
          reply.headers().firstValue("Content-Type").orElse(""),
          Json.read(reply.body()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Posts a body. */
  public Reply post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  /** Gets a path. */
  public Reply get(String path) {
    return send("GET", path, "");
  }
}

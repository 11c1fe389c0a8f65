package com.freelync.control.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request, changed step by step and sent over HTTP/1.1. */
record Call(
    URI server, String method, String path, List<String> headers, byte @Nullable [] content) {
  static Call of(URI server, String method, String path) {
    return new Call(server, method, path, List.of(), null);
  }

  /** The same with one more header. */
  Call header(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new Call(server, method, path, List.copyOf(more), content);
  }

  /** The same with a bearer token. */
  Call token(String token) {
    return header("Authorization", "Bearer " + token);
  }

  /** The same with a JSON body. */
  Call json(String body) {
    return body("application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with a body. */
  Call body(String type, byte[] body) {
    Call typed = header("Content-Type", type);
    return new Call(server, method, path, typed.headers, body);
  }

  Answer send() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                content == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(content));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    // A connection of its own: the server may close one whose refused body it did not read.
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new AssertionError("no answer to " + method + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

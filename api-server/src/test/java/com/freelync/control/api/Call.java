package com.freelync.control.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request, changed step by step and sent over HTTP/1.1. */
record Call(
    URI server, String method, String path, List<String> headers, byte @Nullable [] content) {
  private static final Pattern READY = Pattern.compile("event: ready\ndata: .*\n\n");

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
    return body("application/json", body.getBytes(UTF_8));
  }

  /** The same with a body. */
  Call body(String type, byte[] body) {
    Call typed = header("Content-Type", type);
    return new Call(server, method, path, typed.headers, body);
  }

  /** Of a stream of events, which has no end, only the beginning: until it is ready. */
  private static String read(HttpResponse<InputStream> response) throws IOException {
    boolean isStream =
        response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    try (InputStream body = response.body()) {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      for (int next = body.read(); next >= 0; next = body.read()) {
        read.write(next);
        if (isStream && next == '\n' && READY.matcher(read.toString(UTF_8)).find()) {
          break;
        }
      }
      return read.toString(UTF_8);
    }
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
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      return new Answer(response.statusCode(), response.headers().map(), read(response));
    } catch (IOException e) {
      throw new AssertionError("no answer to " + method + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package com.freelync.control.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP on one connection. */
final class Http {
  static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** What was answered. */
  record Answer(int status, JsonNode body) {
    /** The body of an answer that went well. */
    JsonNode orFail(String what) {
      if (status >= 300) {
        throw new StepFailed(what + " was answered " + status + ": " + body);
      }
      return body;
    }
  }

  Answer get(String address, @Nullable String token) {
    return send(HttpRequest.newBuilder(URI.create(address)).GET(), token);
  }

  Answer delete(String address) {
    return send(HttpRequest.newBuilder(URI.create(address)).DELETE(), null);
  }

  Answer post(String address, @Nullable String token, Map<String, ?> body) {
    return post(address, token, "application/json", body);
  }

  Answer patch(String address, @Nullable String token, Map<String, ?> body) {
    return send("PATCH", address, token, "application/json", body);
  }

  Answer post(String address, @Nullable String token, String type, Map<String, ?> body) {
    return send("POST", address, token, type, body);
  }

  private Answer send(
      String method, String address, @Nullable String token, String type, Map<String, ?> body) {
    try {
      return send(
          HttpRequest.newBuilder(URI.create(address))
              .header("Content-Type", type)
              .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))),
          token);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not expressible as JSON", e);
    }
  }

  private Answer send(HttpRequest.Builder request, @Nullable String token) {
    request.header("Accept", "application/json").timeout(Duration.ofSeconds(30));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpRequest built = request.build();
    try {
      HttpResponse<String> response = client.send(built, HttpResponse.BodyHandlers.ofString());
      String body = response.body();
      return new Answer(response.statusCode(), JSON.readTree(body.isBlank() ? "null" : body));
    } catch (JsonProcessingException e) {
      throw new StepFailed(built.uri() + " did not answer in JSON: " + e.getMessage());
    } catch (IOException e) {
      throw new StepFailed(built.uri() + " does not answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailed("interrupted");
    }
  }
}

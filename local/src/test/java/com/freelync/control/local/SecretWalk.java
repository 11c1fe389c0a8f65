package com.freelync.control.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Lives a secret through on a stack that runs, rightly and wrongly, and then looks for it. */
final class SecretWalk implements AutoCloseable {
  private static final String KEY = "payment.gateway.api_key";
  private static final String REASON = "The gateway asks for it.";

  /** What is looked for: nothing may hold even this part of the secret. */
  private final String inner = UUID.randomUUID().toString().replace("-", "");

  private final String secret = "sk_live_" + inner;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;
  private final Map<String, String> tokens;

  /**
   * Over the API at an address.
   *
   * @param tokens of admin, cto, cfo and marketplace
   */
  SecretWalk(String api, Map<String, String> tokens) {
    this.api = URI.create(api);
    this.tokens = tokens;
  }

  /** It is set, approved, activated, revealed, and taken back. */
  void rightly() throws IOException, InterruptedException {
    String id = set().path("id").asText();
    said(200, "cto", "/admin/config/" + id + "/approve", "{}");
    said(200, "cfo", "/admin/config/" + id + "/approve", "{}");
    said(200, "admin", "/admin/config/" + id + "/activate", "{}");
    HttpResponse<String> clear =
        post("cto", "/admin/config/" + id + "/reveal", "{\"reason\": \"" + REASON + "\"}");
    assertThat(clear.body()).contains(secret);
    String next = set().path("id").asText();
    said(200, "admin", "/admin/config/" + next + "/cancel", "{}");
    for (String path :
        List.of(
            "/admin/config/" + KEY,
            "/admin/config/versions/" + id,
            "/admin/config/" + id + "/history",
            "/admin/approvals",
            "/admin/audit?limit=200",
            "/config")) {
      String reader = path.equals("/config") ? "marketplace" : "cto";
      HttpResponse<String> read =
          http.send(request(reader, path).GET().build(), HttpResponse.BodyHandlers.ofString());
      assertThat(read.statusCode()).as(path).isEqualTo(200);
      assertThat(read.body()).as(path).doesNotContain(inner);
    }
  }

  /** It stands where it has no place, or in what is refused. */
  void wrongly() throws IOException, InterruptedException {
    String change = "\"key\": \"" + KEY + "\", \"change_reason\": \"new\"";
    String step =
        """
        {"name": "A leak", "trigger": "manual", "steps": [{"action": "change_config",
          "with": {"key": "%s", "value": "%s", "reason": "new"}}]}
        """
            .formatted(KEY, secret);
    said(
        200, "admin", "/admin/config/preview", "{%s, \"value\": \"%s\"}".formatted(change, secret));
    said(422, "admin", "/admin/config", "{%s, \"value\": \"%s !\"}".formatted(change, secret));
    said(422, "admin", "/admin/config", "{%s, \"valeu\": \"%s\"}".formatted(change, secret));
    said(400, "admin", "/admin/config", "{%s, \"value\": \"%s\"".formatted(change, secret));
    said(422, "admin", "/admin/workflows", step);
    said(422, "admin", "/admin/workflows/dry-run", "{\"definition\": " + step + "}");
  }

  private JsonNode set() throws IOException, InterruptedException {
    return said(
        201,
        "admin",
        "/admin/config",
        "{\"key\": \"%s\", \"value\": \"%s\", \"submit\": true, \"change_reason\": \"new\"}"
            .formatted(KEY, secret));
  }

  private JsonNode said(int status, String person, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = post(person, path, body);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(status);
    assertThat(answer.body()).as(path).doesNotContain(inner);
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> post(String person, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        request(person, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String person, String path) {
    return HttpRequest.newBuilder(api.resolve(path))
        .header("Authorization", "Bearer " + tokens.get(person));
  }

  /** The files below a directory that hold the secret. */
  List<Path> filesWithIt(Path directory) throws IOException {
    // What was said with it is there, so the search looks where it has to.
    assertThat(filesWith(directory, REASON)).isNotEmpty();
    return filesWith(directory, inner);
  }

  private static List<Path> filesWith(Path directory, String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (holds(file, text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static boolean holds(Path file, String text) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (NoSuchFileException e) {
      return false; // a server has taken it away meanwhile
    }
  }

  /** What the API tells of itself, at the address of its admin port. */
  void metrics(String admin) throws IOException, InterruptedException {
    HttpResponse<String> told =
        http.send(
            HttpRequest.newBuilder(URI.create(admin).resolve("/metrics")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(told.body()).contains("control_config_stream_readers").doesNotContain(inner);
  }

  @Override
  public void close() {
    http.close();
  }
}

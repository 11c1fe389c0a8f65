package com.freelync.control.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.freelync.control.ControlCenter;
import com.freelync.control.api.json.ApiJson;
import com.freelync.control.automation.ActionCatalog;
import com.freelync.control.automation.RandomDefinitions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Valid definitions that were got wrong, sent as people send them. */
class DefinitionFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new YAMLMapper();

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static TestApi api;
  private static ActionCatalog catalog;

  @BeforeAll
  static void start() {
    api = TestApi.apart();
    catalog = new ControlCenter(api.database.as("control_api"), Clock.systemUTC()).catalog;
  }

  @AfterAll
  static void stop() {
    HTTP.close();
    api.stop();
    api.database.close();
  }

  /** What is sent. */
  private record Sent(String type, String text, boolean isTorn) {}

  @Test
  @DisplayName("AU-1: every generated definition is taken, in JSON and in YAML")
  void takesWhatIsValid() {
    IntStream.range(0, 200)
        .forEach(
            seed -> {
              Random random = new Random(seed);
              Sent sent = sent(new RandomDefinitions(random, catalog).next(), random, false);
              HttpResponse<String> answer = post(sent);
              assertThat(answer.statusCode())
                  .as("seed %d: %s\n%s", seed, answer.body(), sent.text())
                  .isEqualTo(201);
            });
  }

  @Test
  @DisplayName("AU-1 SE-4: 2,000 definitions got wrong are taken or refused with a cure, never 500")
  void neverFails(TestReporter reporter) {
    fuzz(0, 2_000, reporter);
  }

  @Test
  @Tag("nightly")
  @DisplayName("AU-1 SE-4: 100,000 definitions got wrong are taken or refused, never 500")
  void neverFailsAllNight(TestReporter reporter) {
    fuzz(10_000, 100_000, reporter);
  }

  private static void fuzz(int firstSeed, int count, TestReporter reporter) {
    Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
    Queue<AssertionError> faults = new ConcurrentLinkedQueue<>();
    IntStream.range(firstSeed, firstSeed + count)
        .parallel()
        .forEach(
            seed -> {
              try {
                answers.merge(check(seed), 1, Integer::sum);
              } catch (AssertionError fault) {
                faults.add(fault);
              }
            });
    reporter.publishEntry("answers", answers.toString());
    assertThat(faults).isEmpty();
    // Else it would prove nothing.
    assertThat(answers.get(201)).isGreaterThan(count / 20);
    assertThat(answers.get(422)).isGreaterThan(count / 3);
  }

  private static int check(int seed) {
    Random random = new Random(seed);
    Map<String, Object> mutant =
        new Mutations(random).next(new RandomDefinitions(random, catalog).next());
    Sent sent = sent(mutant, random, random.nextInt(10) == 0);
    HttpResponse<String> answer = post(sent);
    String what = "seed %d: %s\n%s".formatted(seed, answer.body(), sent.text());
    switch (answer.statusCode()) {
      case 201 -> {}
      case 422 -> assertCurable(answer, sent, what);
      default -> {
        assertThat(answer.statusCode()).as(what).isIn(400, 413);
        assertThat(isUnreadable(answer, sent)).as(what).isTrue();
      }
    }
    return answer.statusCode();
  }

  private static void assertCurable(HttpResponse<String> answer, Sent sent, String what) {
    JsonNode errors;
    JsonNode document;
    try {
      errors = ApiJson.mapper().readTree(answer.body()).path("errors");
      document = (sent.type().endsWith("json") ? JSON : YAML).readTree(sent.text());
    } catch (JsonProcessingException e) {
      throw new AssertionError(what, e);
    }
    assertThat(errors.size()).as(what).isPositive();
    errors.forEach(
        error -> {
          assertThat(error.path("code").asText()).as(what).isNotBlank();
          assertThat(error.path("message").asText()).as(what).hasSizeGreaterThan(8);
          String field = error.path("field").asText();
          int last = Math.max(0, field.lastIndexOf('/'));
          // The field itself may be missing; that in which it belongs is not. What cannot be
          // printed
          // of its name is a question mark.
          assertThat(field.contains("?") || !document.at(field.substring(0, last)).isMissingNode())
              .as("%s is in %s", field, what)
              .isTrue();
        });
  }

  /** Torn, too long or too deep: the only reasons not to say what is wrong with its fields. */
  private static boolean isUnreadable(HttpResponse<String> answer, Sent sent) {
    return sent.isTorn()
        || answer.statusCode() == 413
        || answer.body().matches("(?s).*\"code\":\"too_(deep_or_long|large)\".*");
  }

  private static Sent sent(Map<String, Object> document, Random random, boolean isTorn) {
    boolean isJson = random.nextBoolean();
    try {
      String text = (isJson ? JSON : YAML).writeValueAsString(document);
      return new Sent(
          isJson ? "application/json" : "application/yaml",
          isTorn ? torn(text, random) : text,
          isTorn);
    } catch (JsonProcessingException e) {
      throw new AssertionError(document.toString(), e);
    }
  }

  /** A text of which a piece is missing, doubled, or something else. */
  private static String torn(String text, Random random) {
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + 1 + random.nextInt(20));
    String piece =
        switch (random.nextInt(3)) {
          case 0 -> "";
          case 1 -> text.substring(from, to).repeat(2);
          default -> new String(new char[] {(char) random.nextInt(128), ':', '&', '*', '\t'});
        };
    return text.substring(0, from) + piece + text.substring(to);
  }

  private static HttpResponse<String> post(Sent sent) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api.address + "/admin/workflows"))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + api.token("admin"))
            .header("Content-Type", sent.type())
            .POST(HttpRequest.BodyPublishers.ofByteArray(sent.text().getBytes(UTF_8)))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer to " + sent.text(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** How the API refuses what the admin asks of settings. */
record SettingRefusals(TestApi api) {
  static final Duration FAST = Duration.ofSeconds(1);
  static final String REASON = "\"change_reason\": \"a test\"";

  /** It is refused within a second, by this field, with words that help. */
  JsonNode assertRefused(String method, String path, String body, String field) {
    Call call = api.as("admin", method, path).json(body);
    long begun = System.nanoTime();
    Answer answer = call.send();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertProblem(answer);
    List<String> fields = answer.json().path("errors").findValuesAsText("field");
    assertThat(fields).as("%s", answer).contains(field);
    answer
        .json()
        .path("errors")
        .forEach(
            error -> {
              assertThat(error.path("code").asText()).isNotBlank();
              assertThat(error.path("message").asText()).hasSizeBetween(8, 600);
            });
    assertThat(took).isLessThan(FAST);
    return answer.json();
  }

  Stream<DynamicTest> each(Map<String, String> fieldsByBody, String method, String path) {
    return fieldsByBody.entrySet().stream()
        .map(
            wrong ->
                DynamicTest.dynamicTest(
                    wrong.getKey().substring(0, Math.min(90, wrong.getKey().length())),
                    () -> assertRefused(method, path, wrong.getKey(), wrong.getValue())));
  }

  static String change(String key, String value) {
    return "{\"key\": \"%s\", \"value\": %s, %s}".formatted(key, value, REASON);
  }
}

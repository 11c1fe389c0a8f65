package com.freelync.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** What every refusal has to be, whoever in the server gives it. */
final class ProblemAssert {
  private ProblemAssert() {}

  /** It is a complete problem document and tells nothing of the inside. */
  static void assertProblem(Answer answer, int... statuses) {
    if (statuses.length > 0) {
      assertThat(statuses).as("status of %s", answer).contains(answer.status());
    } else {
      assertThat(answer.status()).as("status of %s", answer).isBetween(400, 499);
    }
    assertThat(answer.header("Content-Type").orElse(""))
        .as("type of %s", answer)
        .startsWith("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.path("type").asText()).startsWith("/problems/");
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
    assertThat(problem.path("request_id").asText()).as("id in %s", answer).isNotBlank();
    assertThat(answer.header("X-Request-Id")).hasValue(problem.path("request_id").asText());
    assertThat(answer.body())
        .doesNotContain("\tat ", "Exception", "com.freelync", "org.eclipse", "org.glassfish")
        .doesNotContain("jackson", "SELECT ", "postgresql");
  }
}

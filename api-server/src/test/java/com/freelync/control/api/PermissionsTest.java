package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PermissionsTest {
  private final TestApi api = TestApi.running();

  @TestFactory
  @DisplayName("SE-2: each person may do what API.md's table says, and nothing else")
  Stream<DynamicTest> everyPersonAtEveryEndpoint() {
    return Endpoint.all().stream()
        .flatMap(
            endpoint ->
                Endpoint.PEOPLE.stream()
                    .map(
                        person ->
                            DynamicTest.dynamicTest(
                                person + " " + endpoint, () -> check(endpoint, person))));
  }

  private void check(Endpoint endpoint, String person) {
    Call call = api.as(person, endpoint.method(), endpoint.path());
    Answer answer =
        (endpoint.hasBody()
                ? call.body(endpoint.type(), endpoint.body().getBytes(StandardCharsets.UTF_8))
                : call)
            .send();
    if (endpoint.isOwn() && !person.equals(endpoint.person())) {
      assertProblem(answer, 404);
      return;
    }
    if (endpoint.admits(person)) {
      // A skipped execution can no longer be cancelled: the rule refuses, not the permission.
      assertThat(answer.status()).as("%s", answer).isIn(200, 201, 202, 409);
      return;
    }
    assertProblem(answer, 403);
    // Operators may patch too, but only to pause: then the rule names the permission.
    assertThat(answer.text("/detail")).contains(endpoint.permission());
    assertThat(api.refusal(person, endpoint.path()))
        .hasValueSatisfying(reason -> assertThat(reason).contains(endpoint.permission()));
  }

  @Test
  @DisplayName("SE-2: an operator pauses and resumes an automation, and changes nothing else of it")
  void operatorsPause() {
    String id = Fixtures.automation(api, "ACTIVE");
    Call patch = api.as("operator", "PATCH", "/admin/workflows/" + id);
    assertThat(patch.json("{\"status\": \"PAUSED\"}").send().text("/status")).isEqualTo("PAUSED");
    assertThat(patch.json("{\"status\": \"ACTIVE\"}").send().text("/status")).isEqualTo("ACTIVE");
    assertProblem(patch.json("{\"status\": \"ARCHIVED\"}").send(), 403);
    assertProblem(patch.json("{\"status\": \"PAUSED\", \"name\": \"Mine\"}").send(), 403);
  }

  @Test
  @DisplayName("SE-2: who am I: roles and permissions as API.md's table has them")
  void me() {
    Answer founder = api.as("founder", "GET", "/me").send();
    assertThat(founder.text("/person")).isEqualTo("founder");
    assertThat(founder.json().path("roles").toString()).isEqualTo("[\"ADMIN\",\"CEO\",\"CFO\"]");
    assertThat(founder.json().path("permissions").toString())
        .contains("automation.approve", "automation.manage", "config.approve");
    assertThat(api.as("marketplace", "GET", "/me").send().json().path("permissions").toString())
        .isEqualTo("[\"config.read\",\"events.publish\",\"features.evaluate\"]");
  }

  @Test
  @DisplayName("SE-1: a token with unknown roles is a person without permissions")
  void unknownRoles() {
    String token =
        api.issuer.token("admin", claims -> claims.claim("roles", java.util.List.of("GOD", "x")));
    assertProblem(api.anonymous("GET", "/admin/workflows").token(token).send(), 403);
    assertThat(api.anonymous("GET", "/me").token(token).send().status()).isEqualTo(200);
  }

  @Test
  @DisplayName("SE-3: an attempt with a token that has expired is recorded under its subject")
  void expiredTokensAreRecorded() {
    String dead =
        api.issuer.token(
            "devops",
            claims ->
                claims.expirationTime(
                    java.util.Date.from(java.time.Instant.now().minusSeconds(90))));
    assertProblem(api.anonymous("GET", "/admin/payouts").token(dead).send(), 401);
    assertThat(api.refusal("devops", "/admin/payouts")).hasValue("The token has expired.");
  }
}

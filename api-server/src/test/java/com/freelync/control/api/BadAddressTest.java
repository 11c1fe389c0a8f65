package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BadAddressTest {
  private final TestApi api = TestApi.running();
  private final Fixtures things = Fixtures.standing();
  private Map<String, String> before = Map.of();

  @BeforeEach
  void remember() {
    before = api.digest();
  }

  @AfterEach
  void nothingWasWritten() {
    assertThat(api.digest()).isEqualTo(before);
  }

  @TestFactory
  @DisplayName("SE-4: an address that is none is refused in the same words, by the container too")
  Stream<DynamicTest> addresses() {
    return Endpoint.all().stream()
        .flatMap(
            endpoint ->
                Stream.of(
                        "%2f",
                        "%2F..%2f",
                        "%00",
                        "/%2e%2e/x",
                        "/..;/x",
                        "/../../../etc/passwd",
                        "%",
                        "%zz",
                        "%c0%af",
                        "\\x",
                        "%5c",
                        "//",
                        "/\u0001",
                        "/\u00ff",
                        ";a=%00",
                        "%25%30%30")
                    .map(
                        odd ->
                            DynamicTest.dynamicTest(
                                endpoint + odd.replaceAll("[^ -~]", "?"),
                                () ->
                                    assertProblem(
                                        RawHttp.request(
                                            api.address,
                                            endpoint.method().equals("GET") ? "GET" : "DELETE",
                                            endpoint.path() + odd,
                                            api.token(endpoint.person()))))));
  }

  @TestFactory
  @DisplayName("SE-4: headers that are odd or too large are refused in the same words")
  Stream<DynamicTest> headers() {
    String lines = "Authorization: Bearer " + api.token("admin") + "\r\nConnection: close\r\n";
    return Map.ofEntries(
            Map.entry("too large", "X-Large: " + "a".repeat(20_000) + "\r\n"),
            Map.entry("too many", "X-Many: a\r\n".repeat(3_000)),
            Map.entry("without a colon", "X-Odd\r\n"),
            Map.entry("with a blank name", "X Odd: 1\r\n"),
            Map.entry("with a NUL", "X-Odd: a\0b\r\n"),
            Map.entry("two lengths", "Content-Length: 1\r\nContent-Length: 2\r\n"),
            Map.entry("a length of words", "Content-Length: many\r\n"),
            Map.entry("a length below zero", "Content-Length: -1\r\n"),
            Map.entry("a huge length", "Content-Length: 99999999999999999999\r\n"),
            Map.entry("an odd accept", "Accept: ///;q=x\r\n"),
            Map.entry("an odd tag", "If-None-Match: \"half\r\n"),
            Map.entry("an odd encoding", "Transfer-Encoding: gzip\r\n"))
        .entrySet()
        .stream()
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getKey(),
                    () ->
                        assertProblem(
                            RawHttp.send(
                                api.address,
                                "GET /admin/workflows/"
                                    + things.draft()
                                    + " HTTP/1.1\r\nHost: a\r\n"
                                    + lines
                                    + kind.getValue()
                                    + "\r\n"))));
  }

  @Test
  @DisplayName("SE-4: what is no HTTP at all is refused in the same words")
  void noHttp() {
    assertProblem(RawHttp.send(api.address, "\u0001\u0002\u0003\r\n\r\n"), 400);
    assertThat(RawHttp.send(api.address, "HELO there\r\n\r\n").status()).isEqualTo(505);
    assertProblem(RawHttp.send(api.address, "GET /me HTTP/1.1\r\nConnection: close\r\n\r\n"), 400);
    Answer version = RawHttp.send(api.address, "GET /me HTTP/9.9\r\nHost: a\r\n\r\n");
    assertThat(version.status()).isEqualTo(505);
    assertThat(version.text("/type")).isEqualTo("/problems/http-version-not-supported");
    assertProblem(
        RawHttp.request(api.address, "GET", "/" + "a".repeat(20_000), api.token("admin")),
        414,
        431);
  }

  @Test
  @DisplayName("SE-4: an address that is not there is not found, with a token or without")
  void unknownAddresses() {
    assertProblem(api.as("admin", "GET", "/admin/nothing").send(), 404);
    assertProblem(api.anonymous("GET", "/nothing").send(), 404);
    assertProblem(api.anonymous("POST", "/openapi.json").json("{}").send(), 405);
  }

  @Test
  @DisplayName("SE-4: an illegal move says which moves are legal, and its refusal is recorded")
  void illegalMoves() {
    Answer run =
        api.as("operator", "POST", "/admin/workflows/" + things.draft() + "/execute")
            .json("{\"trigger_data\": {\"payout_id\": \"" + things.payout() + "\"}}")
            .send();
    assertProblem(run, 409);
    assertThat(run.json().path("allowed").toString()).isEqualTo("[\"ACTIVE\",\"ARCHIVED\"]");
    Answer cancelled =
        api.as("operator", "POST", "/admin/executions/" + things.execution() + "/cancel")
            .json("{\"reason\": \"late\"}")
            .send();
    assertProblem(cancelled, 409);
    // It is over: nothing is legal any more, which is not the same as saying nothing.
    assertThat(cancelled.json().path("allowed").toString()).isEqualTo("[]");
    assertThat(api.anonymous("GET", "/nothing").send().json().has("allowed")).isFalse();
    Answer moved =
        api.as("admin", "PATCH", "/admin/workflows/" + things.draft())
            .json("{\"status\": \"PAUSED\"}")
            .send();
    assertProblem(moved, 409);
    assertThat(moved.json().path("allowed").size()).isEqualTo(2);
    assertThat(api.refusal("operator", "/admin/workflows/" + things.draft() + "/execute"))
        .hasValueSatisfying(reason -> assertThat(reason).contains("DRAFT"));
  }

  @Test
  @DisplayName("SE-7: an idempotency key that cannot be kept is malformed")
  void badKeys() {
    for (String key : new String[] {"two words", "k".repeat(256)}) {
      assertProblem(
          api.as("admin", "POST", "/admin/workflows")
              .header("Idempotency-Key", key)
              .json(Fixtures.DEFINITION)
              .send(),
          400);
    }
  }
}

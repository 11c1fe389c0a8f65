package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What cannot be read at all: the answer names the header or the address, and the cure. */
class UnreadableRequestTest {
  private final TestApi api = TestApi.running();

  private Stream<DynamicTest> withBodies(String kind, java.util.function.Consumer<Endpoint> test) {
    return Endpoint.all().stream()
        .filter(Endpoint::hasBody)
        .map(
            endpoint ->
                DynamicTest.dynamicTest(endpoint + " " + kind, () -> test.accept(endpoint)));
  }

  private Call body(Endpoint endpoint, String type, byte[] body) {
    return api.as(endpoint.person(), endpoint.method(), endpoint.path()).body(type, body);
  }

  private static byte[] bytes(Endpoint endpoint, Charset charset) {
    return endpoint.body().getBytes(charset);
  }

  private static void assertNamed(Answer answer, int status, String field, String cure) {
    assertProblem(answer, status);
    assertThat(answer.text("/errors/0/field")).as("%s", answer).isEqualTo(field);
    assertThat(answer.text("/detail")).contains(cure);
  }

  @TestFactory
  @DisplayName("SE-4: a charset that is not UTF-8 is refused by its header")
  Stream<DynamicTest> charsets() {
    return Stream.of("nonsense", "utf-16", "\"iso-8859-1\"", "utf-8;charset=x", "")
        .flatMap(
            charset ->
                withBodies(
                    "as " + charset,
                    endpoint -> {
                      Answer answer =
                          body(
                                  endpoint,
                                  endpoint.type() + "; charset=" + charset,
                                  bytes(endpoint, StandardCharsets.UTF_8))
                              .send();
                      assertProblem(answer, 400, 415);
                      assertThat(answer.text("/errors/0/field")).isEqualTo("Content-Type");
                    }));
  }

  @Test
  @DisplayName("SE-4: a charset that says UTF-8 is taken")
  void goodCharset() {
    Answer answer =
        api.as("operator", "POST", "/admin/workflows/dry-run")
            .body(
                "application/json; charset=\"UTF-8\"",
                ("{\"definition\": " + Fixtures.DEFINITION + "}").getBytes(StandardCharsets.UTF_8))
            .send();
    assertThat(answer.text("/errors/0/field")).as("%s", answer).isNotEqualTo("Content-Type");
  }

  @TestFactory
  @DisplayName("SE-4: a body that is not gzip as its header says, or packed otherwise, is refused")
  Stream<DynamicTest> encodings() {
    Map<String, Integer> statuses = Map.of("gzip", 400, "br", 415, "deflate", 415, "x, gzip", 415);
    return statuses.entrySet().stream()
        .flatMap(
            encoding ->
                withBodies(
                    encoding.getKey(),
                    endpoint -> {
                      Answer answer =
                          body(endpoint, endpoint.type(), bytes(endpoint, StandardCharsets.UTF_8))
                              .header("Content-Encoding", encoding.getKey())
                              .send();
                      assertProblem(answer, 400, 415);
                      assertThat(answer.text("/errors/0/field")).isEqualTo("Content-Encoding");
                      if (!encoding.getKey().contains(",")) {
                        assertThat(answer.status()).isEqualTo(encoding.getValue());
                      }
                    }));
  }

  @Test
  @DisplayName("SE-4: a body that is gzip, as its header says, is taken")
  void goodGzip() {
    String payout = api.marketplace.payout(api.marketplace.goodSeller(), "4200.00").toString();
    Answer answer =
        api.as("marketplace", "POST", "/events")
            .body(
                "application/cloudevents+json",
                gzip(Fixtures.event(UUID.randomUUID().toString(), payout)))
            .header("Content-Encoding", "gzip")
            .send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
  }

  @TestFactory
  @DisplayName("SE-4: a body in UTF-16 is refused as such, whatever reads it")
  Stream<DynamicTest> utf16() {
    return Stream.of(
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("UTF-32"))
        .flatMap(
            charset ->
                withBodies(
                    "in " + charset,
                    endpoint ->
                        assertNamed(
                            body(endpoint, endpoint.type(), bytes(endpoint, charset)).send(),
                            400,
                            "",
                            "send it in UTF-8")));
  }

  @TestFactory
  @DisplayName("SE-4: an address that is not percent-encoded UTF-8 is refused with the cure")
  Stream<DynamicTest> addresses() {
    return Stream.of("/me%zz", "/me%c0%af", "/me%2f", "//me", "/me%u0041", "/me|x", "/me\\x")
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () -> {
                      Answer answer = RawHttp.request(api.address, "GET", path, api.token("admin"));
                      assertProblem(answer, 400);
                      assertThat(answer.text("/detail")).contains("hexadecimal digits");
                    }));
  }

  @TestFactory
  @DisplayName("SE-4: a query that is not percent-encoded UTF-8 is refused by its parameter")
  Stream<DynamicTest> queries() {
    return Stream.of("name=%zz", "name=%", "name=%ff", "name=a&name=%c3%28", "name=%2")
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query,
                    () ->
                        assertNamed(
                            RawHttp.request(
                                api.address,
                                "GET",
                                "/admin/workflows?" + query,
                                api.token("admin")),
                            400,
                            "name",
                            "two hexadecimal digits")));
  }

  @Test
  @DisplayName("SE-4: a header that the container cannot read is named")
  void headers() {
    String head = "GET /me HTTP/1.1\r\nConnection: close\r\n";
    assertNamed(RawHttp.send(api.address, head + "\r\n"), 400, "Host", "Host names");
    assertNamed(
        RawHttp.send(api.address, head + "Host: a\r\nContent-Length: many\r\n\r\n"),
        400,
        "Content-Length",
        "number");
    assertThat(RawHttp.send(api.address, "GET /me HTTP/9.9\r\nHost: a\r\n\r\n").text("/detail"))
        .contains("HTTP/1.1");
  }

  @Test
  @DisplayName(
      "SE-4: a definition and an event with the same mistake are refused in the same words")
  void oneReader() {
    for (String body :
        new String[] {
          "{\"name\": \"a\", \"name\": \"b\"}",
          "{\"a\": " + "[".repeat(150) + "]".repeat(150) + "}",
          "{\"a\": " + "9".repeat(200) + "}",
          "{\"a\": nope}"
        }) {
      Answer definition = api.as("admin", "POST", "/admin/workflows").json(body).send();
      Answer event =
          api.as("marketplace", "POST", "/events")
              .body("application/cloudevents+json", body.getBytes(StandardCharsets.UTF_8))
              .send();
      assertProblem(definition, 400);
      assertThat(definition.json().path("errors")).isEqualTo(event.json().path("errors"));
    }
  }

  @Test
  @DisplayName("SE-4 AU-7: the errors of a definition within a body point into that body")
  void pointersIntoTheBody() {
    String definition =
        """
        {"name": "x", "trigger": "event: payout.requested", "actions": ["approve_payout"],
         "conditions": [{"any": [{"field": "amout", "operator": "gt", "value": 1}]}]}
        """;
    Answer unsaved =
        api.as("operator", "POST", "/admin/workflows/dry-run")
            .json("{\"definition\": " + definition + "}")
            .send();
    assertNamed(unsaved, 422, "/definition/conditions/0/any/0/field", "");
    Answer created = api.as("admin", "POST", "/admin/workflows").json(definition).send();
    assertNamed(created, 422, "/conditions/0/any/0/field", "");
    Answer withoutData =
        api.as("operator", "POST", "/admin/workflows/dry-run")
            .json("{\"definition\": " + Fixtures.DEFINITION + "}")
            .send();
    assertNamed(withoutData, 422, "/trigger_data/payout_id", "");
  }

  @Test
  @DisplayName("AU-7: an unsaved definition is dry-run from YAML too, with its data beside it")
  void dryRunOfYaml() {
    String payout = api.marketplace.payout(api.marketplace.goodSeller(), "100.25").toString();
    Answer answer =
        api.as("operator", "POST", "/admin/workflows/dry-run")
            .body(
                "application/yaml",
                """
                definition:
                  name: Pay small ones
                  trigger: "event: payout.requested"
                  conditions: [{field: amount, operator: lte, value: 100.25}]
                  actions: [approve_payout]
                trigger_data: {payout_id: %s}
                """
                    .formatted(payout)
                    .getBytes(StandardCharsets.UTF_8))
            .send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.json().path("matched").asBoolean()).isTrue();
    assertThat(answer.json().at("/impact/amount").decimalValue()).isEqualByComparingTo("100.25");
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

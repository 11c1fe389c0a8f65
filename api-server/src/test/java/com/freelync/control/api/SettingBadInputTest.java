package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What nobody may ask of a setting: refused fast, by the field, with the cure, and nothing kept.
 */
class SettingBadInputTest {
  private static final Duration FAST = Duration.ofSeconds(1);
  private static final String REASON = "\"change_reason\": \"a test\"";
  private final TestApi api = TestApi.running();
  private final String standing = Fixtures.standing().setting();
  private Map<String, String> before = Map.of();

  @BeforeEach
  void remember() {
    before = api.digest();
  }

  @AfterEach
  void nothingWasKept() {
    assertThat(api.digest()).isEqualTo(before);
  }

  /** It is refused within a second, by this field, with words that help. */
  private JsonNode assertRefused(String method, String path, String body, String field) {
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

  private Stream<DynamicTest> each(Map<String, String> fieldsByBody, String method, String path) {
    return fieldsByBody.entrySet().stream()
        .map(
            wrong ->
                DynamicTest.dynamicTest(
                    wrong.getKey().substring(0, Math.min(90, wrong.getKey().length())),
                    () -> assertRefused(method, path, wrong.getKey(), wrong.getValue())));
  }

  private static String change(String key, String value) {
    return "{\"key\": \"%s\", \"value\": %s, %s}".formatted(key, value, REASON);
  }

  @TestFactory
  @DisplayName("CF-5 SE-4: a rate that is too large, too small, off the step, or no number")
  Stream<DynamicTest> rates() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String rate :
        List.of(
            "10.1",
            "-0.1",
            "3.05",
            "\"5\"",
            "1e400",
            "-1e400",
            "1e-400",
            "1e999999999",
            "9".repeat(60),
            "[5]",
            "true",
            "{\"rate\": 5, \"more\": 1}",
            "{\"rte\": 5}")) {
      tests.addAll(
          each(Map.of(change("commission.tier1.rate", rate), "/value"), "POST", "/admin/config")
              .toList());
      tests.addAll(
          each(
                  Map.of("{\"value\": %s}".formatted(rate), "/value"),
                  "PATCH",
                  "/admin/config/" + standing)
              .toList());
    }
    for (String rate : List.of("10.1", "null", "{}")) {
      tests.addAll(
          each(
                  Map.of(
                      change("commission.tier1.rate", "{\"rate\": " + rate + "}"), "/value/rate"),
                  "POST",
                  "/admin/config")
              .toList());
    }
    tests.addAll(
        each(Map.of(change("commission.tier1.rate", "null"), "/value"), "POST", "/admin/config")
            .toList());
    return tests.stream();
  }

  @TestFactory
  @DisplayName("CF-5 SE-4: what is no JSON, or has a number of 10,000 digits, is malformed")
  Stream<DynamicTest> malformed() {
    return Stream.of(
            "NaN",
            "Infinity",
            "9".repeat(500),
            "9".repeat(10_000),
            "1" + "0".repeat(9_999) + ".5",
            "0x10",
            "05")
        .map(
            rate ->
                DynamicTest.dynamicTest(
                    rate.substring(0, Math.min(20, rate.length())),
                    () -> {
                      Call call =
                          api.as("admin", "POST", "/admin/config")
                              .json(change("commission.tier1.rate", rate));
                      long begun = System.nanoTime();
                      Answer answer = call.send();
                      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(FAST);
                      assertProblem(answer, 400, 422);
                      assertThat(answer.text("/detail")).isNotBlank();
                    }));
  }

  @TestFactory
  @DisplayName("CF-5 SE-4: a key that is none, belongs elsewhere, or names a rule")
  Stream<DynamicTest> keys() {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (String key :
        List.of(
            "rules.x",
            "rules.category.system",
            "rules.key.commission.tier1.rate",
            "abcdef01-2345-6789-abcd-ef0123456789",
            "Commission.rate",
            "a..b",
            ".a",
            "a.",
            "1a",
            "a b",
            "versions",
            "preview",
            "stream",
            "",
            "k".repeat(121))) {
      wrong.put(
          "{\"key\": \"%s\", \"category\": \"SYSTEM\", \"value\": 1, %s}".formatted(key, REASON),
          "/key");
    }
    wrong.put("{\"value\": 1, " + REASON + "}", "/key");
    wrong.put("{\"key\": 7, \"value\": 1, " + REASON + "}", "/key");
    wrong.put(
        "{\"key\": \"commission.tier1.rate\", \"category\": \"SYSTEM\", \"value\": 1, "
            + REASON
            + "}",
        "/category");
    wrong.put(
        "{\"key\": \"a.b\", \"category\": \"MONEY\", \"value\": 1, " + REASON + "}", "/category");
    wrong.put("{\"key\": \"a.b\", \"category\": [], \"value\": 1, " + REASON + "}", "/category");
    return Stream.of("/admin/config", "/admin/config/preview")
        .flatMap(path -> each(wrong, "POST", path));
  }

  @Test
  @DisplayName(
      "CF-5 SE-4: of an unknown key the nearest known one is told, with all else that is wrong")
  void unknownKey() {
    JsonNode problem =
        assertRefused(
            "POST",
            "/admin/config",
            "{\"key\": \"comission.tier1.rate\", \"value\": 1}",
            "/category");
    assertThat(problem.at("/errors/0/message").asText())
        .contains("commission.tier1.rate", "COMMISSION", "SYSTEM");
    assertThat(problem.path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("/category", "/change_reason");
    JsonNode both =
        assertRefused(
            "POST",
            "/admin/config",
            "{\"key\": \"commission.tier1.rate\", \"category\": \"X\", \"value\": 11, \"change_reason\": \" \", \"can_rollback\": 1}",
            "/value");
    assertThat(both.path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("/category", "/value", "/change_reason", "/can_rollback");
  }

  @TestFactory
  @DisplayName("CF-7 CF-9 SE-4: a reason, an instant, a guard or a field that cannot be")
  Stream<DynamicTest> fields() {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (String reason : List.of("\"\"", "\" \"", "null", "7", "\"" + "r".repeat(1_001) + "\"")) {
      wrong.put("\"change_reason\": " + reason, "/change_reason");
    }
    for (String at :
        List.of(
            "\"" + Instant.now().minusSeconds(5) + "\"",
            "\"2020-01-01T00:00:00Z\"",
            "\"soon\"",
            "\"\"",
            "\"2027-02-30T00:00:00Z\"",
            "\"2027-01-01\"",
            "\"2027-01-01T00:00:00\"",
            "\"99999-01-01T00:00:00Z\"",
            "\"+99999-01-01T00:00:00Z\"",
            "\"-99999-01-01T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "1800000000",
            "1e999999999",
            "{}")) {
      wrong.put(REASON + ", \"scheduled_at\": " + at, "/scheduled_at");
    }
    String guard = REASON + ", \"guard\": ";
    wrong.put(guard + "\"revenue\"", "/guard");
    wrong.put(guard + "{}", "/guard/metric");
    wrong.put(
        guard + "{\"metric\": \"revenu\", \"bound\": 1, \"window\": \"PT1H\"}", "/guard/metric");
    wrong.put(guard + "{\"metric\": 7, \"bound\": 1, \"window\": \"PT1H\"}", "/guard/metric");
    wrong.put(guard + "{\"metric\": \"gross_volume\", \"window\": \"PT1H\"}", "/guard");
    wrong.put(
        guard
            + "{\"metric\": \"gross_volume\", \"bound\": 1, \"max_drop_percent\": 1, \"window\": \"PT1H\"}",
        "/guard");
    wrong.put(
        guard + "{\"metric\": \"gross_volume\", \"bound\": 1e999999999, \"window\": \"PT1H\"}",
        "/guard/bound");
    wrong.put(
        guard + "{\"metric\": \"gross_volume\", \"max_drop_percent\": -5, \"window\": \"PT1H\"}",
        "/guard/max_drop_percent");
    wrong.put(
        guard + "{\"metric\": \"gross_volume\", \"bound\": 1, \"window\": \"1h\"}",
        "/guard/window");
    wrong.put(
        guard + "{\"metric\": \"gross_volume\", \"bound\": 1, \"window\": \"PT999999999999H\"}",
        "/guard/window");
    wrong.put(
        guard
            + "{\"metric\": \"gross_volume\", \"bound\": 1, \"window\": \"PT1H\", \"minimum_sample\": 0.5}",
        "/guard/minimum_sample");
    wrong.put(
        guard + "{\"metric\": \"gross_volume\", \"bound\": 1, \"window\": \"PT1H\", \"a/b\": 1}",
        "/guard/a~1b");
    wrong.put(
        REASON
            + ", \"can_rollback\": false, \"guard\": {\"metric\": \"gross_volume\", \"bound\": 1, \"window\": \"PT1H\"}",
        "/guard");
    wrong.put(REASON + ", \"can_rollback\": \"no\"", "/can_rollback");
    wrong.put(REASON + ", \"submit\": \"yes\"", "/submit");
    wrong.put(REASON + ", \"status\": \"ACTIVE\"", "/status");
    wrong.put(REASON + ", \"scheduledAt\": null", "/scheduledAt");
    wrong.put(REASON + ", \"a/b~c\": 1", "/a~1b~0c");
    Map<String, String> creating = new LinkedHashMap<>();
    Map<String, String> editing = new LinkedHashMap<>();
    wrong.forEach(
        (fields, field) -> {
          creating.put("{\"key\": \"commission.tier1.rate\", \"value\": 3, " + fields + "}", field);
          editing.put("{" + fields + "}", field);
        });
    return Stream.concat(
        each(creating, "POST", "/admin/config"),
        each(editing, "PATCH", "/admin/config/" + standing));
  }

  @TestFactory
  @DisplayName("CF-5 SE-4: a rule of values that bombs, fetches, or contradicts itself")
  Stream<DynamicTest> keyRules() {
    Map<String, String> wrong = new LinkedHashMap<>();
    String text = "\"type\": \"string\", ";
    wrong.put(text + "\"pattern\": \"((a{1000}){1000}){1000}\"", "/rule/pattern");
    wrong.put(text + "\"pattern\": \"(a+)+(?=b)\"", "/rule/pattern");
    wrong.put(text + "\"pattern\": \"(\"", "/rule/pattern");
    wrong.put(text + "\"pattern\": \"" + "(a|b)".repeat(5_000) + "\"", "/rule/pattern");
    wrong.put(text + "\"min\": 1", "/rule/min");
    wrong.put(
        "\"type\": \"json\", \"json_schema\": {\"$ref\": \"http://169.254.169.254/schema.json\"}",
        "/rule/json_schema/$ref");
    wrong.put(
        "\"type\": \"json\", \"json_schema\": {\"type\": \"thing\"}", "/rule/json_schema/type");
    wrong.put("\"type\": \"number\", \"min\": 5, \"max\": 1", "/rule/min");
    wrong.put("\"type\": \"number\", \"step\": 0", "/rule/step");
    wrong.put("\"type\": \"number\", \"max\": 1e999999999", "/rule/max");
    wrong.put("\"type\": \"number\", \"max\": \"5\"", "/rule/max");
    wrong.put("\"type\": \"money\"", "/rule/type");
    wrong.put("\"min\": 1", "/rule/type");
    wrong.put("\"type\": \"number\", \"maximum\": 1", "/rule/maximum");
    wrong.put("\"type\": \"number\", \"encrypted\": true", "/rule/encrypted");
    Map<String, String> bodies = new LinkedHashMap<>();
    wrong.forEach((rule, field) -> bodies.put("{\"rule\": {" + rule + "}, " + REASON + "}", field));
    bodies.put("{\"rule\": [], " + REASON + "}", "/rule");
    bodies.put("{" + REASON + "}", "/rule");
    bodies.put("{\"rule\": {\"type\": \"number\"}}", "/change_reason");
    bodies.put("{\"rule\": {\"type\": \"number\"}, " + REASON + ", \"a/b\": 1}", "/a~1b");
    bodies.put(
        "{\"rule\": {\"type\": \"number\"}, " + REASON + ", \"category\": \"SYSTEM\"}",
        "/category");
    return each(bodies, "PUT", "/admin/config-rules/keys/commission.tier1.rate");
  }

  @TestFactory
  @DisplayName("CF-2 SE-4: a rule of approval with roles that are none")
  Stream<DynamicTest> categoryRules() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("\"slots\": [[\"cto\"]]", "/rule/slots/0");
    wrong.put("\"slots\": [[\"CTO\"], []]", "/rule/slots/1");
    wrong.put("\"slots\": [[\"CTO\", \"CTO\"]]", "/rule/slots/0");
    wrong.put("\"slots\": [\"CTO\"]", "/rule/slots/0");
    wrong.put("\"slots\": [[7]]", "/rule/slots/0");
    wrong.put("\"slots\": {}", "/rule/slots");
    wrong.put("\"extra_slot_from\": \"high\"", "/rule/slots");
    wrong.put("\"slots\": [], \"extra_slot_from\": \"HUGE\"", "/rule/extra_slot_from");
    wrong.put("\"slots\": [], \"extra\": 1", "/rule/extra");
    Map<String, String> bodies = new LinkedHashMap<>();
    wrong.forEach((rule, field) -> bodies.put("{\"rule\": {" + rule + "}, " + REASON + "}", field));
    bodies.put(
        "{\"rule\": {\"slots\": []}, " + REASON + ", \"category\": \"SYSTEM\"}", "/category");
    return each(bodies, "PUT", "/admin/config-rules/categories/SYSTEM");
  }

  @TestFactory
  @DisplayName("CF-7 SE-4: a freeze that ends before it begins, is too long, or beyond all years")
  Stream<DynamicTest> freezes() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("\"2027-02-01T00:00:00Z\", \"ends_at\": \"2027-01-01T00:00:00Z\"", "/ends_at");
    wrong.put("\"2020-01-01T00:00:00Z\", \"ends_at\": \"2020-01-02T00:00:00Z\"", "/ends_at");
    wrong.put("\"2027-01-01T00:00:00Z\", \"ends_at\": \"2028-01-01T00:00:00Z\"", "/ends_at");
    wrong.put("\"+300000-01-01T00:00:00Z\", \"ends_at\": \"+300000-01-02T00:00:00Z\"", "/ends_at");
    wrong.put("\"9000-01-01T00:00:00Z\", \"ends_at\": \"9000-01-02T00:00:00Z\"", "/ends_at");
    wrong.put("\"-999999999-01-01T00:00:00Z\", \"ends_at\": \"2027-01-02T00:00:00Z\"", "/ends_at");
    wrong.put("\"soon\", \"ends_at\": \"2027-01-02T00:00:00Z\"", "/begins_at");
    wrong.put("null, \"ends_at\": \"2027-01-02T00:00:00Z\"", "/begins_at");
    Map<String, String> bodies = new LinkedHashMap<>();
    wrong.forEach(
        (times, field) -> bodies.put("{\"begins_at\": " + times + ", \"reason\": \"r\"}", field));
    return each(bodies, "POST", "/admin/freeze-windows");
  }

  @TestFactory
  @DisplayName(
      "CF-6 CF-8 SE-4: a rollback or a reading of a secret without a reason, or to no version")
  Stream<DynamicTest> moves() {
    Map<String, String> rollbacks = new LinkedHashMap<>();
    rollbacks.put("{}", "/reason");
    rollbacks.put("{\"reason\": \" \"}", "/reason");
    rollbacks.put("{\"reason\": \"r\", \"to_version\": 1.5}", "/to_version");
    rollbacks.put("{\"reason\": \"r\", \"to_version\": \"1\"}", "/to_version");
    rollbacks.put("{\"reason\": \"r\", \"to_version\": 99999999999}", "/to_version");
    rollbacks.put("{\"reason\": \"r\", \"to_version\": 1e999999999}", "/to_version");
    String path = "/admin/config/" + standing + "/";
    return each(rollbacks, "POST", path + "rollback");
  }

  @Test
  @DisplayName(
      "CF-6 SE-4: a secret of the wrong shape is not repeated to who wrote it, nor recorded")
  void secrets() {
    String secret = "sk_test_0123456789abcdefghijklmnopqrstuv";
    JsonNode problem =
        assertRefused(
            "POST",
            "/admin/config",
            change("payment.gateway.api_key", "\"" + secret + "\""),
            "/value");
    assertThat(problem.toString()).doesNotContain(secret);
    assertThat(api.as("cto", "GET", "/admin/audit?limit=5").send().body()).doesNotContain(secret);
  }
}

package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static com.freelync.control.api.SettingRefusals.FAST;
import static com.freelync.control.api.SettingRefusals.REASON;
import static com.freelync.control.api.SettingRefusals.change;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What nobody may ask of a setting, its key and its value: refused fast, by the field, with the
 * cure, and nothing kept.
 */
class SettingBadInputTest {
  private final TestApi api = TestApi.running();
  private final SettingRefusals refusals = new SettingRefusals(api);
  private final String standing = Fixtures.standing().setting();

  @RegisterExtension final NothingKept nothingKept = new NothingKept(api);

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
          refusals
              .each(
                  Map.of(change("commission.tier1.rate", rate), "/value"), "POST", "/admin/config")
              .toList());
      tests.addAll(
          refusals
              .each(
                  Map.of("{\"value\": %s}".formatted(rate), "/value"),
                  "PATCH",
                  "/admin/config/" + standing)
              .toList());
    }
    for (String rate : List.of("10.1", "null", "{}")) {
      tests.addAll(
          refusals
              .each(
                  Map.of(
                      change("commission.tier1.rate", "{\"rate\": " + rate + "}"), "/value/rate"),
                  "POST",
                  "/admin/config")
              .toList());
    }
    tests.addAll(
        refusals
            .each(
                Map.of(change("commission.tier1.rate", "null"), "/value"), "POST", "/admin/config")
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
        .flatMap(path -> refusals.each(wrong, "POST", path));
  }

  @Test
  @DisplayName(
      "CF-5 SE-4: of an unknown key the nearest known one is told, with all else that is wrong")
  void unknownKey() {
    JsonNode problem =
        refusals.assertRefused(
            "POST",
            "/admin/config",
            "{\"key\": \"comission.tier1.rate\", \"value\": 1}",
            "/category");
    assertThat(problem.at("/errors/0/message").asText())
        .contains("commission.tier1.rate", "COMMISSION", "SYSTEM");
    assertThat(problem.path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("/category", "/change_reason");
    JsonNode both =
        refusals.assertRefused(
            "POST",
            "/admin/config",
            "{\"key\": \"commission.tier1.rate\", \"category\": \"X\", \"value\": 11, \"change_reason\": \" \", \"can_rollback\": 1}",
            "/value");
    assertThat(both.path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("/category", "/value", "/change_reason", "/can_rollback");
  }

  @Test
  @DisplayName(
      "CF-6 SE-4: a secret of the wrong shape is not repeated to who wrote it, nor recorded")
  void secrets() {
    String secret = "sk_test_0123456789abcdefghijklmnopqrstuv";
    JsonNode problem =
        refusals.assertRefused(
            "POST",
            "/admin/config",
            change("payment.gateway.api_key", "\"" + secret + "\""),
            "/value");
    assertThat(problem.toString()).doesNotContain(secret);
    assertThat(api.as("cto", "GET", "/admin/audit?limit=5").send().body()).doesNotContain(secret);
  }
}

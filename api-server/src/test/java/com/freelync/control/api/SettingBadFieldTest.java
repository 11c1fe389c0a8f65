package com.freelync.control.api;

import static com.freelync.control.api.SettingRefusals.REASON;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What nobody may say along with a value, of a freeze or of a move: refused, and nothing kept. */
class SettingBadFieldTest {
  private final TestApi api = TestApi.running();
  private final SettingRefusals refusals = new SettingRefusals(api);
  private final String standing = Fixtures.standing().setting();

  @RegisterExtension final NothingKept nothingKept = new NothingKept(api);

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
        refusals.each(creating, "POST", "/admin/config"),
        refusals.each(editing, "PATCH", "/admin/config/" + standing));
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
    return refusals.each(bodies, "POST", "/admin/freeze-windows");
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
    return refusals.each(rollbacks, "POST", path + "rollback");
  }
}

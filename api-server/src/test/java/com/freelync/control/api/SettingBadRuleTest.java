package com.freelync.control.api;

import static com.freelync.control.api.SettingRefusals.REASON;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What no rule of settings may be: refused, and nothing kept. */
class SettingBadRuleTest {
  private final TestApi api = TestApi.running();
  private final SettingRefusals refusals = new SettingRefusals(api);

  @RegisterExtension final NothingKept nothingKept = new NothingKept(api);

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
    return refusals.each(bodies, "PUT", "/admin/config-rules/keys/commission.tier1.rate");
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
    return refusals.each(bodies, "PUT", "/admin/config-rules/categories/SYSTEM");
  }
}

package com.freelync.control.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Bodies that are wrong in one way each. */
final class BadBodies {
  private BadBodies() {}

  /** What is no JSON, or none that is read. */
  static Map<String, Function<Endpoint, byte[]>> malformed() {
    Map<String, Function<Endpoint, byte[]>> kinds = new LinkedHashMap<>();
    kinds.put(
        "cut off", endpoint -> bytes(endpoint.body().substring(0, endpoint.body().length() / 2)));
    kinds.put("words", endpoint -> bytes("certainly not"));
    kinds.put("something after the end", endpoint -> bytes(endpoint.body() + " {}"));
    kinds.put("a duplicate field", endpoint -> bytes("{\"reason\": \"a\", \"reason\": \"b\"}"));
    kinds.put("a trailing comma", endpoint -> bytes("{\"reason\": \"a\",}"));
    kinds.put("not a number", endpoint -> bytes("{\"reason\": NaN}"));
    kinds.put("a raw NUL", endpoint -> bytes("{\"reason\": \"a\0b\"}"));
    kinds.put("no UTF-8", endpoint -> new byte[] {'{', '"', 'a', (byte) 0xff, '"', ':', '1', '}'});
    kinds.put("10,000 nested lists", endpoint -> bytes("{\"a\":" + "[".repeat(10_000)));
    kinds.put("10,000 nested conditions", BadBodies::nested);
    kinds.put(
        "a number of 100,000 digits", endpoint -> bytes("{\"a\": " + "9".repeat(100_000) + "}"));
    return kinds;
  }

  /** What is JSON of a wrong shape. */
  static Map<String, Function<Endpoint, byte[]>> misshapen() {
    Map<String, Function<Endpoint, byte[]>> kinds = new LinkedHashMap<>();
    for (String body : new String[] {"null", "true", "7", "\"text\""}) {
      kinds.put(body, endpoint -> bytes(body));
    }
    kinds.put("a list", endpoint -> bytes(endpoint.type().contains("batch") ? "{}" : "[[]]"));
    kinds.put("an unknown field", endpoint -> bytes("{\"surprise\": 1}"));
    kinds.put("a field in camel case", endpoint -> bytes("{\"triggerData\": {}}"));
    kinds.put(
        "wrong types",
        endpoint ->
            bytes("{\"name\": 7, \"reason\": [], \"trigger_data\": 1, \"definition\": \"x\"}"));
    kinds.put(
        "a NUL in a value",
        endpoint -> bytes("{\"name\": \"a\\u0000b\", \"reason\": \"\\u0000\"}"));
    kinds.put("a NUL in a name", endpoint -> bytes("{\"na\\u0000me\": \"a\"}"));
    kinds.put(
        "half a surrogate pair",
        endpoint -> bytes("{\"name\": \"\\ud83d\", \"reason\": \"\\udc00x\"}"));
    kinds.put("a hostile exponent", endpoint -> bytes("{\"reason\": 1e999999999}"));
    kinds.put("a name of 900 letters", endpoint -> bytes("{\"" + "n".repeat(900) + "\": 1}"));
    kinds.put(
        "a reference of 4,900 parts",
        endpoint ->
            definition(
                endpoint,
                "\"steps\": [{\"action\": \"reject_payout\", \"with\": {\"reason\": \"${a"
                    + ".a".repeat(4_900)
                    + "}\"}}]"));
    kinds.put(
        "a pattern that multiplies",
        endpoint ->
            definition(
                endpoint,
                "\"actions\": [\"reject_payout\"], \"conditions\": [{\"field\": \"status\","
                    + " \"operator\": \"matches\", \"value\": \"((a{1000}){1000}){1000}\"}]"));
    return kinds;
  }

  private static byte[] definition(Endpoint endpoint, String steps) {
    String body = "{\"name\": \"N\", \"trigger\": \"event: payout.requested\", " + steps + "}";
    return bytes(
        endpoint.template().endsWith("workflows/dry-run")
            ? "{\"definition\": " + body + "}"
            : body);
  }

  private static byte[] nested(Endpoint endpoint) {
    return bytes(
        "{\"name\": \"N\", \"trigger\": \"event: payout.requested\", \"actions\": [\"approve_payout\"],"
            + " \"conditions\": "
            + "{\"not\": ".repeat(10_000)
            + "{\"field\": \"amount\", \"operator\": \"gt\", \"value\": 1}"
            + "}".repeat(10_001));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package com.freelync.control.configuration.value;

import static com.freelync.control.configuration.value.Rules.check;
import static com.freelync.control.configuration.value.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.freelync.control.problem.FieldError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CF-5")
@DisplayName("CF-5: what a setting's value may be")
class ValueRuleCheckTest {
  private static final String KEY = "sk_live_" + "a1B2".repeat(8);

  private final ValueRule rate = rule(Rules.RATE);
  private final ValueRule apiKey = rule(Rules.API_KEY);

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "10", "0.1", "5", "5.0", "5.00", "1e1", "9.90", "0E+5", "-0", "-0.0"})
  void aRateIsAMultipleOfItsStepWithinItsRange(String value) {
    assertThat(check(rate, value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1, range",
    "-0.1, range",
    "3.05, step",
    "0.30000000000000004, step",
    "0.3000000000000000004, digits",
    "1e400, digits",
    "1e-400, digits",
    "1e999999999, digits",
    "-1e999999999, digits",
    "1e-999999999, digits",
    "1e2147483647, digits",
    "1e37, range",
    "1e38, digits",
    "'\"5\"', type",
    "'\"NaN\"', type",
    "'\"Infinity\"', type",
    "true, type",
    "[5], type",
    "null, missing",
  })
  void aRateIsNothingElse(String value, String code) {
    assertThat(check(rate, value)).contains("/value " + code);
  }

  @Test
  void aMessageSaysHowToMendIt() {
    assertThat(rate.check(new BigDecimal("3.05"), "/value"))
        .containsExactly(
            new FieldError(
                "/value", "step", "3.05 is no multiple of 0.1; legal and nearest: 3 and 3.1"));
    assertThat(rate.check(new BigDecimal("10.1"), "/value"))
        .containsExactly(new FieldError("/value", "range", "10.1 is more than the most, 10"));
    assertThat(rate.check("5", "/value").getFirst().message()).endsWith("leave out the quotes");
    assertThat(rate.check("NaN", "/value").getFirst().message())
        .isEqualTo("a number is needed here, not text");
    assertThat(rule("{'type': 'boolean'}").check("true", "/value").getFirst().message())
        .endsWith("leave out the quotes");
  }

  @Test
  void theNearestValuesAreLegalThemselves() {
    ValueRule rule = rule("{'type': 'number', 'min': -0.05, 'max': 0.35, 'step': 0.2}");
    assertThat(rule.check(new BigDecimal("0.3"), "").getFirst().message()).endsWith("nearest: 0.2");
    assertThat(rule.check(new BigDecimal("-7.1"), "").getLast().message()).endsWith("nearest: 0");
    assertThat(rule.check(new BigDecimal("0.15"), "").getFirst().message())
        .endsWith("nearest: 0 and 0.2");
  }

  @Test
  void anAmountLiesWithinItsRange() {
    ValueRule amount = rule(Rules.MINIMUM_AMOUNT);
    assertThat(check(amount, "100")).isEmpty();
    assertThat(check(amount, "10000.000")).isEmpty();
    assertThat(check(amount, "99.9999999999999999999")).containsExactly("/value digits");
    assertThat(check(amount, "99.99999999999999999")).containsExactly("/value range");
    assertThat(check(amount, "10000.01")).containsExactly("/value range");
  }

  @Test
  @Timeout(5)
  void numbersOfAnySizeAreRefusedAtOnce() {
    BigInteger huge = BigInteger.ONE.shiftLeft(40_000_000);
    for (Object number :
        List.of(
            huge,
            new BigDecimal(huge, 20_000_000),
            new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
            new BigDecimal(BigInteger.TEN, Integer.MAX_VALUE))) {
      assertThat(Rules.codes(rate.check(number, ""))).containsExactly(" digits");
      assertThat(Rules.codes(rule("{'type': 'json'}").check(List.of(number), "")))
          .containsExactly("/0 digits");
    }
  }

  @Test
  void floatingPointIsAProgrammingError() {
    assertThatThrownBy(() -> rate.check(5.0, "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rate.check(Float.NaN, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rule("{'type': 'json'}").check(Map.of("a", List.of(1.5)), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPatternMatchesTheWholeText() {
    assertThat(apiKey.check(KEY, "")).isEmpty();
    ValueRule unanchored = rule("{'type': 'string', 'pattern': 'ab|abc'}");
    assertThat(check(unanchored, "'abc'")).isEmpty();
    assertThat(check(unanchored, "'xab'")).containsExactly("/value pattern");
    assertThat(check(unanchored, "'abx'")).containsExactly("/value pattern");
    assertThat(check(unanchored, "''")).containsExactly("/value pattern");
  }

  @Test
  void noMessageTellsAnythingOfASecret() {
    List<Object> values =
        List.of(
            KEY + "\n",
            KEY.substring(1),
            "sk_live_short",
            "sk_live_" + "x".repeat(70_000),
            "sk_live_\0",
            List.of("sk_live_"),
            Map.of("sk_live_", new BigDecimal("1e400")));
    ValueRule document =
        rule(
            "{'type': 'json', 'encrypted': true, 'json_schema': {'additionalProperties': false,"
                + " 'properties': {'sk_live_a': {'type': 'integer', 'const': 12345}}}}");
    assertThat(values)
        .allSatisfy(value -> assertThat(apiKey.check(value, "/value")).isNotEmpty())
        .flatMap(value -> apiKey.check(value, "/value"))
        .allSatisfy(error -> assertThat(error.toString()).doesNotContain("sk_live"));
    assertThat(
            document.check(
                Map.of("sk_live_a", "sk_live_b", "sk_live_c", Map.of("sk_live_d", 1)), "/value"))
        .isNotEmpty()
        .allSatisfy(error -> assertThat(error.toString()).doesNotContain("sk_live"));
    assertThat(document.check(Map.of("sk_live_a", new BigDecimal("1e99")), "/value"))
        .isNotEmpty()
        .allSatisfy(error -> assertThat(error.toString()).doesNotContain("sk_live"));
  }

  @Test
  void textThatNoDatabaseKeepsIsRefused() {
    ValueRule text = rule("{'type': 'string'}");
    assertThat(Rules.codes(text.check("a\0", "/value"))).containsExactly("/value text");
    assertThat(Rules.codes(text.check("\ud83d", "/value"))).containsExactly("/value text");
    assertThat(text.check("ለምሳሌ 🔑", "/value")).isEmpty();
    assertThat(Rules.codes(text.check("x".repeat(70_000), ""))).containsExactly(" too_large");
  }

  @Test
  void allowedValuesAreComparedAsNumbers() {
    ValueRule rule = rule("{'type': 'number', 'allowed_values': [5.00, 10, 2.5]}");
    assertThat(check(rule, "5")).isEmpty();
    assertThat(check(rule, "1e1")).isEmpty();
    assertThat(rule.check(7, ""))
        .containsExactly(new FieldError("", "allowed", "allowed are 5, 10, 2.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|a)*$", "(a|aa)+$", "([a-zA-Z]+)*$", "(.*){20}x"})
  void aPatternIsMatchedInLinearTime(String pattern) {
    ValueRule rule = rule("{'type': 'string', 'pattern': '" + pattern + "'}");
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThat(rule.check("a".repeat(50_000) + "!", "")).isNotEmpty());
  }

  @Test
  void aTextTooLongForItsPatternIsRefused() {
    ValueRule rule = rule("{'type': 'string', 'pattern': '(a?){900}a{900}'}");
    assertThat(rule.check("a".repeat(1_000), "")).isEmpty();
    assertThat(Rules.codes(rule.check("a".repeat(60_000), ""))).containsExactly(" too_long");
  }
}

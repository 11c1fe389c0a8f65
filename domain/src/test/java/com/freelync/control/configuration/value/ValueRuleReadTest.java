package com.freelync.control.configuration.value;

import static com.freelync.control.configuration.value.Rules.codes;
import static com.freelync.control.configuration.value.Rules.errors;
import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.Json;
import com.freelync.control.problem.FieldError;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CF-5")
@DisplayName("CF-5: rules as documents")
class ValueRuleReadTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        Rules.RATE,
        Rules.MINIMUM_AMOUNT,
        Rules.API_KEY,
        "{'type': 'boolean', 'allowed_values': [true], 'description': 'only ever on'}",
        "{'type': 'string', 'allowed_values': ['a', 'b'], 'encrypted': false, 'pattern': null}",
        "{'type': 'json', 'allowed_values': [{'a': 1.50}, [null]], 'json_schema': {'type':"
            + " ['object', 'array'], 'maxProperties': 2.0}}"
      })
  void whatIsPrintedIsReadAsTheSame(String json) {
    ValueRule rule = Rules.rule(json);
    assertThat(ValueRules.read(rule.document(), "")).isEqualTo(new ReadRule.Valid(rule));
    assertThat(ValueRules.read(Json.readObject(Json.write(rule.document())), ""))
        .isEqualTo(new ReadRule.Valid(rule));
  }

  @Test
  void theKnownRulesAreWhatTheySay() {
    assertThat(Rules.rule(Rules.RATE))
        .isEqualTo(
            new ValueRule(
                ValueRule.Type.NUMBER,
                new BigDecimal("0.00"),
                BigDecimal.TEN,
                new BigDecimal("0.10"),
                null,
                List.of(),
                null,
                false,
                ""));
    assertThat(Rules.rule(Rules.API_KEY).encrypted()).isTrue();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThat(
            codes(
                errors(
                    "{'type': 'number', 'min': '5', 'maxx': 1, 'step': 0, 'pattern': '(',"
                        + " 'encrypted': 'yes', 'allowed_values': [], 'description': 5,"
                        + " 'json_schema': true}")))
        .containsExactlyInAnyOrder(
            "/rule/min type",
            "/rule/maxx unknown_field",
            "/rule/step contradiction",
            "/rule/pattern pattern",
            "/rule/pattern contradiction",
            "/rule/encrypted type",
            "/rule/allowed_values type",
            "/rule/description text",
            "/rule/json_schema type",
            "/rule/json_schema contradiction");
  }

  @Test
  void whatWasProbablyMeantIsSaid() {
    assertThat(errors("{'type': 'nummber', 'encrypt': true}"))
        .contains(
            new FieldError("/rule/type", "type", "did you mean number?"),
            new FieldError("/rule/encrypt", "unknown_field", "did you mean encrypted?"));
    assertThat(errors("{}"))
        .containsExactly(
            new FieldError(
                "/rule/type", "missing", "one of number, string, boolean, json is needed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type': 'number', 'min': 5, 'max': 4.99}; /rule/min",
        "{'type': 'number', 'step': 0}; /rule/step",
        "{'type': 'number', 'step': -0.1}; /rule/step",
        "{'type': 'number', 'min': 0.11, 'max': 0.19, 'step': 0.1}; /rule/step",
        "{'type': 'string', 'min': 5}; /rule/min",
        "{'type': 'boolean', 'max': 5}; /rule/max",
        "{'type': 'json', 'step': 5}; /rule/step",
        "{'type': 'number', 'pattern': 'a'}; /rule/pattern",
        "{'type': 'string', 'json_schema': {}}; /rule/json_schema",
        "{'type': 'number', 'encrypted': true}; /rule/encrypted",
        "{'type': 'boolean', 'encrypted': true}; /rule/encrypted",
        "{'type': 'string', 'encrypted': true, 'allowed_values': ['a']}; /rule/allowed_values",
      })
  void partsThatDoNotGoTogetherAreRefused(String json, String field) {
    assertThat(codes(errors(json))).containsExactly(field + " contradiction");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type': 'number', 'max': 5, 'allowed_values': [1, 6]}; /rule/allowed_values/1 range",
        "{'type': 'number', 'allowed_values': ['1']}; /rule/allowed_values/0 type",
        "{'type': 'number', 'allowed_values': [1, 1.0]}; /rule/allowed_values/1 duplicate",
        "{'type': 'number', 'allowed_values': [null]}; /rule/allowed_values/0 missing",
        "{'type': 'number', 'allowed_values': [1e400]}; /rule/allowed_values/0 digits",
        "{'type': 'string', 'pattern': 'a', 'allowed_values': ['b']}; /rule/allowed_values/0 pattern",
        "{'type': 'json', 'json_schema': {'type': 'array'}, 'allowed_values': [{}]};"
            + " /rule/allowed_values/0 schema",
      })
  void allowedValuesObeyTheRestOfTheRule(String json, String error) {
    assertThat(codes(errors(json))).containsExactly(error);
  }

  @ParameterizedTest
  @Timeout(5)
  @ValueSource(
      strings = {"1e400", "1e-400", "1e999999999", "123456789012345678901234567890123456789"})
  void boundsHaveABoundedNumberOfDigits(String number) {
    assertThat(codes(errors("{'type': 'number', 'min': " + number + "}")))
        .containsExactly("/rule/min digits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "(?=a)",
        "(?<!a)b",
        "(a)\\\\1",
        "a{5000}",
        "((a{100}){100}){100}",
        "a++",
        "\\u0000"
      })
  void aPatternIsRe2AndOfBoundedSize(String pattern) {
    assertThat(errors("{'type': 'string', 'pattern': '" + pattern + "'}"))
        .extracting(FieldError::field)
        .containsExactly("/rule/pattern");
  }

  @Test
  void aPatternOfManyCharactersIsRefused() {
    assertThat(codes(errors("{'type': 'string', 'pattern': '" + "(".repeat(60_000) + "'}")))
        .containsExactly("/rule/pattern pattern");
  }

  @Test
  void theErrorsAreBoundedToo() {
    String fields =
        IntStream.range(0, 500)
            .mapToObj(i -> "'field" + i + "': 1")
            .collect(Collectors.joining(", "));
    assertThat(errors("{" + fields + "}")).hasSize(100);
  }

  @Test
  @Timeout(20)
  void allAllowedValuesTogetherTakeBoundedWork() {
    String texts =
        IntStream.range(0, 100)
            .mapToObj(i -> "'" + "a".repeat(500) + i + "'")
            .collect(Collectors.joining(", "));
    assertThat(
            errors(
                "{'type': 'string', 'pattern': '(a?){900}a{90}.*', 'allowed_values': ["
                    + texts
                    + "]}"))
        .extracting(FieldError::code)
        .contains("too_long");
    assertThat(
            errors(
                "{'type': 'json', 'json_schema': {'pattern': '(a?){900}a{90}.*'},"
                    + " 'allowed_values': ["
                    + texts
                    + "]}"))
        .extracting(FieldError::code)
        .contains("too_complex");
  }

  @Test
  void aRuleKeepsNoOneElsesCollections() {
    Map<String, Object> schema = new HashMap<>(Map.of("type", "object"));
    ValueRule rule =
        new ValueRule(ValueRule.Type.JSON, null, null, null, null, List.of(), schema, false, "");
    schema.put("type", "array");
    assertThat(rule.jsonSchema()).isEqualTo(Map.of("type", "object"));
  }
}

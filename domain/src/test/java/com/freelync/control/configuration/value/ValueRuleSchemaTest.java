package com.freelync.control.configuration.value;

import static com.freelync.control.configuration.value.Rules.check;
import static com.freelync.control.configuration.value.Rules.codes;
import static com.freelync.control.configuration.value.Rules.ofSchema;
import static com.freelync.control.configuration.value.Rules.schemaErrors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.freelync.control.problem.FieldError;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CF-5")
@DisplayName("CF-5: JSON Schemas of rules")
class ValueRuleSchemaTest {
  private static final String TIERS =
      "{'$schema': 'https://json-schema.org/draft/2020-12/schema', 'type': 'array', 'minItems': 1,"
          + " 'items': {'$ref': '#/$defs/tier'}, '$defs': {'tier': {'type': 'object', 'required':"
          + " ['rate'], 'additionalProperties': false, 'properties': {'rate': {'type': 'number',"
          + " 'minimum': 0, 'maximum': 10, 'multipleOf': 0.1}, 'name': {'type': 'string',"
          + " 'pattern': '^[a-z]+$', 'maxLength': 5}, 'count': {'type': 'integer', 'enum': [1, 5,"
          + " 2.50]}}}}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[{'rate': 5.0}];",
        "[{'rate': 0.3, 'count': 5.00}, {'rate': 1e1, 'name': 'gold'}];",
        "[]; /value schema",
        "[{'rate': 10.1}]; /value/0/rate schema",
        "[{'rate': -0.1}]; /value/0/rate schema",
        "[{'rate': 3.05}]; /value/0/rate schema",
        "[{'rate': 1, 'count': 4}]; /value/0/count schema",
        "[{'rate': '5'}]; /value/0/rate schema",
        "[{'rate': 1, 'name': 'Gold'}]; /value/0/name schema",
        "[{'rate': 1, 'a/b~': 1}]; /value/0 schema",
        "[{}]; /value/0 schema",
      })
  void aValueFitsItsSchema(String value, String error) {
    assertThat(check(ofSchema(TIERS), value)).isEqualTo(error == null ? List.of() : List.of(error));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'$ref': 'https://example.com/a.json'}; /$ref",
        "{'$ref': 'http://127.0.0.1:1/'}; /$ref",
        "{'$ref': 'file:///etc/passwd'}; /$ref",
        "{'$ref': 'jar:file:/a.jar!/b'}; /$ref",
        "{'$ref': 'other.json'}; /$ref",
        "{'$ref': ''}; /$ref",
        "{'$ref': 'https://json-schema.org/draft/2020-12/schema'}; /$ref",
        "{'properties': {'a/b': {'$dynamicRef': 'https://example.com/#x'}}};"
            + " /properties/a~1b/$dynamicRef",
        "{'items': {'$id': 'https://example.com/'}}; /items/$id",
        "{'$id': 'file:///a'}; /$id",
        "{'$defs': {'a': {'$ref': '#/$defs/b'}}}; /$defs/a/$ref",
        "{'$ref': '#nowhere'}; /$ref",
        "{'examples': [{}], '$ref': '#/examples/0'}; /$ref",
        "{'allOf': [{'$anchor': 'a'}, {'$anchor': 'a'}]}; /allOf/1/$anchor",
      })
  void aSchemaStandsAlone(String schema, String place) {
    assertThat(codes(schemaErrors(schema)))
        .containsExactly("/rule/json_schema" + place + " reference");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://json-schema.org/draft/2019-09/schema",
        "http://json-schema.org/draft-07/schema#",
        "https://example.com/meta",
        "file:///etc/passwd"
      })
  void onlyOneDraftIsUnderstood(String draft) {
    assertThat(codes(schemaErrors("{'$schema': '" + draft + "'}")))
        .containsExactly("/rule/json_schema/$schema draft");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'$ref': '#'}; /$ref",
        "{'allOf': [{'$ref': '#'}]}; /allOf/0/$ref",
        "{'$dynamicAnchor': 'a', 'not': {'$dynamicRef': '#a'}}; /not/$dynamicRef",
        "{'items': {'if': {'$ref': '#/items'}}}; /items/if/$ref",
      })
  void whatLeadsBackToItselfIsRefused(String schema, String place) {
    assertThat(codes(schemaErrors(schema))).contains("/rule/json_schema" + place + " endless");
  }

  @Test
  void whatGoesIntoTheValueMayReferToItself() {
    ValueRule tree =
        ofSchema(
            "{'type': 'object', 'additionalProperties': false, 'properties': {'name': {'type':"
                + " 'string'}, 'children': {'type': 'array', 'items': {'$ref': '#'}}}}");
    assertThat(check(tree, "{'name': 'a', 'children': [{'children': [{'name': 'b'}]}]}")).isEmpty();
    assertThat(check(tree, "{'children': [{'children': [{'name': 5}]}]}"))
        .containsExactly("/value/children/0/children/0/name schema");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type': 'strin'}; /type schema",
        "{'minLength': -1}; /minLength schema",
        "{'properties': {'a': 5}}; /properties/a schema",
        "{'required': 'a'}; /required schema",
        "{'$ref': 5}; /$ref schema",
        "{'minimun': 1}; /minimun unknown_keyword",
        "{'$vocabulary': {}}; /$vocabulary unknown_keyword",
        "{'properties': {'a': {'pattern': '(?=a)'}}}; /properties/a/pattern pattern",
        "{'pattern': '((a{100}){100}){100}'}; /pattern pattern",
        "{'patternProperties': {'(?<!a/)b': true}}; /patternProperties/(?<!a~1)b pattern",
        "{'maximum': 1e999999999}; /maximum digits",
        "{'title': '\\u0000'}; /title text",
      })
  void aSchemaIsValid(String schema, String error) {
    assertThat(codes(schemaErrors(schema))).contains("/rule/json_schema" + error);
  }

  @Test
  void aPropertyMayBeCalledAsAKeyword() {
    ValueRule rule =
        ofSchema("{'properties': {'$ref': {'type': 'string'}, 'pattern': {'type': 'integer'}}}");
    assertThat(check(rule, "{'$ref': 'x', 'pattern': 1}")).isEmpty();
    assertThat(check(rule, "{'$ref': 1, 'pattern': '('}")).hasSize(2);
  }

  @Test
  void aSchemaIsOfBoundedSizeAndDepth() {
    assertThat(codes(schemaErrors("{'title': '" + "x".repeat(70_000) + "'}")))
        .containsExactly("/rule/json_schema/title too_large");
    assertThat(codes(schemaErrors("{'not': ".repeat(60) + "{}" + "}".repeat(60))))
        .singleElement()
        .asString()
        .endsWith("too_deep");
    assertThat(codes(ofSchema("{}").check(nested(40), ""))).first().asString().endsWith("too_deep");
  }

  @Test
  void depthIsTakenOnASmallStack() throws Exception {
    String deepest = "{'items': ".repeat(49) + "{}" + "}".repeat(49);
    FutureTask<List<FieldError>> task =
        new FutureTask<>(() -> ofSchema(deepest).check(nested(30), ""));
    new Thread(null, task, "small-stack", 512 * 1024).start();
    assertThat(task.get()).isEmpty();
  }

  @Test
  void aLongChainOfReferencesIsTakenOnASmallStack() throws Exception {
    String chain =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "'a%d': {'$ref': '#/$defs/a%d'}".formatted(i, i + 1))
            .collect(Collectors.joining(","));
    ValueRule rule = ofSchema("{'$ref': '#/$defs/a0', '$defs': {" + chain + ", 'a1000': {}}}");
    FutureTask<List<FieldError>> task = new FutureTask<>(() -> rule.check(5, ""));
    new Thread(null, task, "small-stack", 512 * 1024).start();
    assertThat(codes(task.get())).containsExactly(" too_complex");
  }

  @Test
  void exponentiallyManyEvaluationsAreGivenUp() {
    for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
      String doubling =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      "'a%d': {'%s': [{'$ref': '#/$defs/a%d'}, {'$ref': '#/$defs/a%d'}]}"
                          .formatted(i, keyword, i + 1, i + 1))
              .collect(Collectors.joining(","));
      assertGivenUp(
          "{'$ref': '#/$defs/a0', '$defs': {" + doubling + ", 'a40': {'type': 'string'}}}", 5);
    }
    assertGivenUp("{'items': {'allOf': [{'$ref': '#'}, {'$ref': '#'}]}}", nested(30));
  }

  @Test
  void workOverAllOfALargeValueIsGivenUp() {
    List<Object> numbers = IntStream.range(0, 1_500).<Object>mapToObj(i -> i).toList();
    for (String heavy :
        List.of(
            "{'uniqueItems': true}",
            "{'not': {'const': 1}}",
            "{'not': {'enum': [1]}}",
            "{'items': {'not': false}}",
            "{'unevaluatedItems': true}")) {
      assertGivenUp(
          "{'allOf': [" + String.join(",", Collections.nCopies(2_000, heavy)) + "]}", numbers);
    }
    assertGivenUp(
        "{'items': {'pattern': '(a?){90}a{90}$'}}", Collections.nCopies(500, "a".repeat(100)));
    assertGivenUp("{'items': {'type': 'string'}}", numbers);
    assertGivenUp("{'not': {'pattern': '(a?){900}a{90}$'}}", "b".repeat(60_000));
    assertGivenUp("{'pattern': '(a?){900}a{90}$'}", "a".repeat(60_000));
  }

  @Test
  void aPatternIsMatchedInLinearTime() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThat(ofSchema("{'pattern': '^(a+)+$'}").check("a".repeat(5_000) + "!", ""))
                .isNotEmpty());
  }

  @Test
  void theProgramsOfAllPatternsTogetherAreBounded() {
    String patterns =
        IntStream.range(0, 30)
            .mapToObj(i -> "'p%d': {'pattern': 'a{990}'}".formatted(i))
            .collect(Collectors.joining(","));
    assertThat(schemaErrors("{'properties': {" + patterns + "}}"))
        .extracting(FieldError::code)
        .containsExactly("pattern");
  }

  @Test
  void anOrdinaryDocumentIsFarFromTheBounds() {
    List<Object> tiers = Collections.nCopies(1_000, Map.of("rate", 5, "name", "gold", "count", 5));
    assertThat(ofSchema(TIERS).check(tiers, "")).isEmpty();
  }

  @Test
  void keywordsThatOnlyAnnotateAreNotHeldAgainstAValue() {
    ValueRule rule =
        ofSchema("{'format': 'email', 'contentMediaType': 'application/json', 'deprecated': true}");
    assertThat(check(rule, "'no address'")).isEmpty();
  }

  @Test
  void whatIsNotEvaluatedElsewhereIsSeen() {
    ValueRule rule =
        ofSchema("{'allOf': [{'properties': {'a': true}}], 'unevaluatedProperties': false}");
    assertThat(check(rule, "{'a': 1}")).isEmpty();
    assertThat(check(rule, "{'a': 1, 'b': 2}")).hasSize(1);
  }

  private static Object nested(int levels) {
    Object value = List.of();
    for (int i = 0; i < levels; i++) {
      value = List.of(value);
    }
    return value;
  }

  private static void assertGivenUp(String schema, Object value) {
    ValueRule rule = ofSchema(schema);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThat(codes(rule.check(value, "")))
                .as(schema.substring(0, Math.min(80, schema.length())))
                .containsExactly(" too_complex"));
  }
}

package com.freelync.control.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.automation.Definition;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DefinitionLawsTest {
  @Property(tries = 300)
  @Label("AU-1: what is printed parses to what prints the same")
  void roundTrips(@ForAll("definitions") Definition definition) {
    Map<String, Object> printed = DefinitionPrinter.print(definition);
    DefinitionParser.Result result = DefinitionParser.parse(printed);
    assertThat(result).isInstanceOf(DefinitionParser.Result.Parsed.class);
    Definition parsed = ((DefinitionParser.Result.Parsed) result).definition();
    assertThat(DefinitionPrinter.print(parsed)).isEqualTo(printed);
    // What was read knows its places, so from here on it is equal in whole.
    assertThat(DefinitionParser.parse(DefinitionPrinter.print(parsed)))
        .isEqualTo(new DefinitionParser.Result.Parsed(parsed));
  }

  @Property(tries = 500)
  @Label("SE-4: any document is read or refused, never an exception")
  void neverThrows(@ForAll("documents") Map<String, Object> document) {
    assertThat(DefinitionParser.parse(document)).isNotNull();
  }

  @Property(tries = 500)
  @Label("SE-4: any text is read or refused, never an exception")
  void neverThrowsOnText(@ForAll String text) {
    assertThat(Document.parse(text, Document.Format.JSON)).isNotNull();
    assertThat(Document.parse(text, Document.Format.YAML)).isNotNull();
  }

  @Provide
  Arbitrary<Definition> definitions() {
    return GeneratedDefinitions.any();
  }

  @Provide
  Arbitrary<Map<String, Object>> documents() {
    Arbitrary<String> keys =
        Arbitraries.of(
            "name",
            "trigger",
            "conditions",
            "actions",
            "steps",
            "mode",
            "on_limit",
            "if",
            "then",
            "action",
            "with",
            "field",
            "operator",
            "value",
            "all",
            "any",
            "not",
            "approval",
            "parallel",
            "for_each",
            "items",
            "do",
            "wait",
            "try",
            "catch",
            "finally",
            "on_error",
            "compensate",
            "stop",
            "reason",
            "limits",
            "slots",
            "cron",
            "event",
            "x");
    return Arbitraries.maps(keys, values(keys, 3)).ofMaxSize(6);
  }

  private static Arbitrary<Object> values(Arbitrary<String> keys, int depth) {
    Arbitrary<Object> scalar =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12).map(text -> (Object) text),
            Arbitraries.of("manual", "cron: * * * * *", "event: a.b", "eq", "between", "PT1H"),
            Arbitraries.integers().map(number -> (Object) number),
            Arbitraries.of(true, false));
    if (depth == 0) {
      return scalar;
    }
    return Arbitraries.oneOf(
        scalar,
        values(keys, depth - 1).list().ofMaxSize(3).map(list -> (Object) list),
        Arbitraries.maps(keys, values(keys, depth - 1)).ofMaxSize(4).map(map -> (Object) map));
  }
}

package com.freelync.control.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.automation.DefinitionError;
import com.freelync.control.automation.Template;
import com.freelync.control.parse.Document.Format;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are made to exhaust the reader. */
class HostilePatternsTest {
  /** Calls it on a stack as small as a server may have. */
  private static <T> T onASmallStack(java.util.concurrent.Callable<T> call) throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(null, task, "small-stack", 256 * 1024);
    thread.start();
    return task.get();
  }

  private static List<DefinitionError> errors(String json, Format format) {
    return switch (Document.parse(json, format)) {
      case DefinitionParser.Result.Parsed parsed -> List.of();
      case DefinitionParser.Result.Invalid invalid -> invalid.errors();
    };
  }

  @Test
  @DisplayName("SE-4 AU-4: a reference of 5,000 parts is read without recursion")
  void readsLongReferences() throws Exception {
    String path = "a" + ".a".repeat(4_990);
    assertThat(onASmallStack(() -> Template.references("x ${" + path + "} y")))
        .containsExactly(path);
    assertThat(onASmallStack(() -> Template.isWellFormed("${" + path + "}"))).isTrue();
    assertThat(onASmallStack(() -> Template.isWellFormed("${" + path))).isFalse();
    String json =
        "{\"name\": \"x\", \"trigger\": \"manual\", \"steps\": [{\"action\": \"a\", \"with\": {\"b\": \"${"
            + path
            + "}\"}}]}";
    assertThat(onASmallStack(() -> errors(json, Format.JSON))).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("AU-4: what is no reference is none")
  @ValueSource(
      strings = {
        "${", "${}", "${A}", "${1a}", "${a.}", "${.a}", "${a..b}", "${aB}", "${a b}", "${a${b}"
      })
  void refusesMalformedReferences(String text) {
    assertThat(Template.isWellFormed(text)).isFalse();
  }

  @Test
  @DisplayName("AU-4: references are found wherever they stand")
  void findsReferences() {
    assertThat(Template.references("$${a}{${b_1.Cd.0}}${c}${"))
        .containsExactly("a", "b_1.Cd.0", "c");
  }

  @ParameterizedTest
  @DisplayName("SE-4 AU-3: a pattern whose repetitions multiply is refused before it is compiled")
  @ValueSource(
      strings = {
        "((a{1000}){1000}){1000}",
        "((?:[]x{2}]{999}){999}){999}",
        "(([[:alpha:]]{1000}){1000}){1000}",
        "((\\Q(\\E{1000}){1000}){1000}",
        "((\\pL{1000}){1000}){1000}",
        "(((a{100}b){1,100}c){100,}){100}",
        "a{((x{1000}){1000}){1000}",
        "{}{,}((x{1000}){1000}){1000}",
        "\\\\p{L}((x{1000}){1000}){1000}",
        "(?i)(?P<n>(?:x{1000}){1000}){1000}"
      })
  void refusesPatternBombs(String pattern) throws Exception {
    String json =
        "{\"name\": \"x\", \"trigger\": \"manual\", \"actions\": [\"a\"], \"conditions\":"
            + " [{\"field\": \"trigger.a\", \"operator\": \"matches\", \"value\": \""
            + pattern.replace("\\", "\\\\")
            + "\"}]}";
    assertThat(onASmallStack(() -> errors(json, Format.JSON)))
        .extracting(DefinitionError::code)
        .containsExactly("pattern");
  }

  @ParameterizedTest
  @DisplayName("AU-3: ordinary patterns are taken")
  @ValueSource(
      strings = {
        "[a-z0-9]{1,64}@[a-z]{1,255}",
        "\\d{4}-\\d{2}-\\d{2}",
        "(ET|AD){2}.*",
        "a{",
        "\\{9999\\}"
      })
  void takesOrdinaryPatterns(String pattern) {
    assertThat(PatternSize.isBearable(pattern)).isTrue();
  }

  @Test
  @DisplayName("SE-4 AU-1: no other text of a definition exhausts the stack")
  void readsOddTexts() throws Exception {
    for (String odd :
        List.of(
            "1" + ":1".repeat(45_000),
            "1" + "_".repeat(90_000),
            "event: a" + ".a".repeat(990),
            "state: a.a " + " ".repeat(1_900) + "-> B",
            "cron: " + "1,".repeat(900),
            "cron: " + "* ".repeat(900))) {
      assertThat(
              onASmallStack(
                  () -> errors("name: x\nactions: [a]\ntrigger: '" + odd + "'", Format.YAML)))
          .isNotNull();
      onASmallStack(() -> errors("name: x\nactions: [a]\ntrigger: " + odd, Format.YAML));
    }
  }
}

package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.parse.DefinitionChecker;
import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.parse.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AU-1: the definitions that the documentation shows are right. */
class DocumentedDefinitionsTest {
  private static final Pattern BLOCK = Pattern.compile("```(json|yaml)\n(.*?)```", Pattern.DOTALL);
  private static final ActionFixture FIXTURE = new ActionFixture();

  /** A definition as a page has it. */
  record Shown(String page, Document.Format format, String text) {}

  static List<Shown> definitions() throws Exception {
    List<Shown> shown = new ArrayList<>();
    for (String page : List.of("automation.md", "language.md")) {
      Matcher block = BLOCK.matcher(Files.readString(Path.of("../docs", page)));
      while (block.find()) {
        shown.add(
            new Shown(
                page,
                block.group(1).equals("json") ? Document.Format.JSON : Document.Format.YAML,
                block.group(2)));
      }
    }
    return shown;
  }

  @AfterAll
  static void close() {
    FIXTURE.close();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  @DisplayName("AU-1: the definitions that the documentation shows are right")
  void right(Shown shown) {
    Map<String, Object> document =
        ((Document.Readable) Document.read(shown.text(), shown.format())).content();
    assertThat(DefinitionParser.parse(document))
        .isInstanceOfSatisfying(
            DefinitionParser.Result.Parsed.class,
            parsed ->
                assertThat(
                        DefinitionChecker.check(parsed.definition(), document, FIXTURE.api.catalog))
                    .isEmpty());
  }
}

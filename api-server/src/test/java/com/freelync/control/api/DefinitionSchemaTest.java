package com.freelync.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.freelync.control.ControlCenter;
import com.freelync.control.api.json.ApiJson;
import com.freelync.control.automation.ActionCatalog;
import com.freelync.control.automation.DefinitionGate;
import com.freelync.control.automation.RandomDefinitions;
import com.freelync.control.parse.Document;
import com.freelync.control.problem.RequestRefused;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema that is served, as another implementation than ours understands it. */
class DefinitionSchemaTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern FENCED =
      Pattern.compile(
          "```(json|yaml)\\n(.*?)```|\\{\"definition\":\\s*(\\{.*?\\})\\}'", Pattern.DOTALL);

  private final TestApi api = TestApi.running();
  private final ActionCatalog catalog =
      new ControlCenter(api.database.as("control_api"), Clock.systemUTC()).catalog;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final JsonNode served =
      api.as("operator", "GET", "/admin/workflows/schema").send().json();
  private final Schema schema = registry.getSchema(served);

  private List<Error> errors(Map<String, Object> document) {
    return schema.validate((JsonNode) ApiJson.mapper().valueToTree(document));
  }

  @Test
  @DisplayName("AU-1: the schema is itself valid, of draft 2020-12")
  void isASchema() {
    String dialect = SpecificationVersion.DRAFT_2020_12.getDialectId();
    assertThat(served.path("$schema").asText()).isEqualTo(dialect);
    assertThat(registry.getSchema(SchemaLocation.of(dialect)).validate(served)).isEmpty();
  }

  @Test
  @DisplayName("AU-1: every generated definition satisfies the schema")
  void describesWhatIsGenerated() {
    IntStream.range(0, 500)
        .forEach(
            seed -> {
              Map<String, Object> document =
                  new RandomDefinitions(new Random(seed), catalog).next();
              assertThat(errors(document)).as("seed %d: %s", seed, document).isEmpty();
            });
  }

  @Test
  @DisplayName("AU-1: what is got wrong and is taken all the same satisfies the schema too")
  void describesWhatIsTaken() {
    DefinitionGate gate = new DefinitionGate(catalog);
    int taken = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Map<String, Object> mutant =
          new Mutations(random).next(new RandomDefinitions(random, catalog).next());
      String text = ApiJson.mapper().valueToTree(mutant).toString();
      if (Document.read(text, Document.Format.JSON) instanceof Document.Readable readable
          && isTaken(readable.content(), gate)) {
        taken++;
        JsonNode tree = withoutNulls(ApiJson.mapper().valueToTree(readable.content()));
        assertThat(schema.validate(tree)).as("seed %d: %s", seed, text).isEmpty();
      }
    }
    assertThat(taken).isGreaterThan(100);
  }

  private static boolean isTaken(Map<String, Object> document, DefinitionGate gate) {
    try {
      gate.check(document);
      return true;
    } catch (RequestRefused.Invalid refused) {
      return false;
    }
  }

  /** A field that is null is one that is left out. */
  private static JsonNode withoutNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(field -> field.getValue().isNull());
      object.forEach(DefinitionSchemaTest::withoutNulls);
    } else if (node instanceof ArrayNode list) {
      list.forEach(DefinitionSchemaTest::withoutNulls);
    }
    return node;
  }

  static Stream<String> written() throws IOException {
    try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"));
        Stream<Path> files =
            Stream.of(
                    "domain/src/main/resources/samples",
                    "domain/src/test/resources/definitions",
                    "api-server/src/main/resources/openapi/examples")
                .flatMap(directory -> list(ROOT.resolve(directory)))) {
      Stream<String> ofPages =
          Stream.concat(
                  pages, Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")))
              .filter(page -> page.toString().endsWith(".md"))
              .map(DefinitionSchemaTest::read)
              .flatMap(page -> FENCED.matcher(page).results())
              .map(found -> found.group(2) == null ? found.group(3) : found.group(2));
      Stream<String> ofFiles =
          files
              .filter(file -> !file.toString().contains("openapi") || isDefinition(file))
              .map(DefinitionSchemaTest::read);
      return Stream.concat(ofPages, ofFiles)
          .filter(text -> text.contains("trigger"))
          .toList()
          .stream();
    }
  }

  private static boolean isDefinition(Path example) {
    return example.getFileName().toString().startsWith("createAutomation.request");
  }

  private static Stream<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest(name = "AU-1: what the pages and the samples write satisfies the schema: {0}")
  @MethodSource("written")
  void describesWhatIsWritten(String text) {
    Map<String, Object> document = yaml(text);
    // Whoever makes an automation says besides whether it starts.
    document.remove("status");
    assertThat(errors(document)).as(text).isEmpty();
  }

  private static Map<String, Object> yaml(String text) {
    // JSON is YAML.
    if (Document.read(text, Document.Format.YAML) instanceof Document.Readable readable) {
      return readable.content();
    }
    throw new AssertionError(text);
  }

  @ParameterizedTest(name = "AU-1: the schema refuses {0}")
  @ValueSource(
      strings = {
        "{}",
        "{name: x, trigger: manual}",
        "{name: x, actions: [take_snapshot]}",
        "{name: x, trigger: manual, actions: [take_snapshot], steps: [take_snapshot]}",
        "{name: '', trigger: manual, actions: [take_snapshot]}",
        "{name: x, trigger: sometimes, actions: [take_snapshot]}",
        "{name: x, trigger: {event: payout.requestd}, actions: [take_snapshot]}",
        "{name: x, trigger: {when: now}, actions: [take_snapshot]}",
        "{name: x, trigger: manual, actions: [take_snapshots]}",
        "{name: x, trigger: manual, actions: []}",
        "{name: x, trigger: manual, steps: []}",
        "{name: x, trigger: manual, actions: [take_snapshot], mode: double}",
        "{name: x, trigger: manual, actions: [take_snapshot], mode: {parallel: 0}}",
        "{name: x, trigger: manual, actions: [take_snapshot], on_limit: wait}",
        "{name: x, trigger: manual, actions: [take_snapshot], colour: red}",
        "{name: x, trigger: manual, actions: [take_snapshot], limits: {take_snapshot: 5}}",
        "{name: x, trigger: manual, actions: [take_snapshot], conditions: [{field: a, operator: is, value: 1}]}",
        "{name: x, trigger: manual, actions: [take_snapshot], conditions: {any: []}}",
        "{name: x, trigger: manual, actions: [take_snapshot], conditions: [{operator: eq, value: 1}]}",
        "{name: x, trigger: manual, steps: [{action: take_snapshot, with: {date: today}}]}",
        "{name: x, trigger: manual, steps: [{action: take_snapshot, id: Not a name}]}",
        "{name: x, trigger: manual, steps: [{action: take_snapshot, retry: {max_retries: 21}}]}",
        "{name: x, trigger: manual, steps: [{action: take_snapshot, if: {field: a, operator: exists}}]}",
        "{name: x, trigger: manual, steps: [{parallel: []}]}",
        "{name: x, trigger: manual, steps: [{parallel: [[]]}]}",
        "{name: x, trigger: manual, steps: [{for_each: {items: some, do: [take_snapshot]}}]}",
        "{name: x, trigger: manual, steps: [{for_each: {items: [], batch: 501, do: [take_snapshot]}}]}",
        "{name: x, trigger: manual, steps: [{wait: soon}]}",
        "{name: x, trigger: manual, steps: [{approval: {name: ask, slots: [[ADMIN]]}}]}",
        "{name: x, trigger: manual, steps: [{approval: {name: ask, slots: [[]]}}]}",
        "{name: x, trigger: manual, steps: [{approval: {name: ask, slots: [[CFO]], timeout: later}}]}",
        "{name: x, trigger: manual, steps: [{approval: {name: ask, slots: [[CFO]], timeout: P1M}}]}",
        "{name: x, trigger: manual, steps: [{try: [], catch: [take_snapshot]}]}",
        "{name: x, trigger: manual, steps: [{try: [take_snapshot], on_error: shrug}]}",
        "{name: x, trigger: manual, steps: [{stop: {outcome: rejected, reason: x}}]}"
      })
  void refusesWhatIsWrong(String text) {
    assertThat(errors(yaml(text))).as(text).isNotEmpty();
  }
}

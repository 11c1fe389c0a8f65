package com.freelync.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.automation.ExecutionStatus;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OpenApiTest {
  private final TestApi api = TestApi.running();
  private final JsonNode document = api.anonymous("GET", "/openapi.json").send().json();
  private final Contract contract = new Contract(document);

  /** An operation with a body of one media type, and its example. */
  private record Example(String method, String path, String operation, String type, JsonNode body) {
    byte[] bytes() {
      String text = body.isTextual() ? body.textValue() : body.toString();
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  @Test
  @DisplayName("API: what openapi.json describes is exactly what answers")
  void everyRouteIsDescribed() {
    Set<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            Endpoint.all().stream()
                .map(endpoint -> endpoint.method() + " " + endpoint.template())
                .collect(Collectors.toSet()));
    for (Endpoint endpoint : Endpoint.all()) {
      Answer options = api.anonymous("OPTIONS", endpoint.path()).send();
      Set<String> routes =
          Stream.of(options.header("Allow").orElse("").split(","))
              .map(method -> method + " " + endpoint.template())
              .filter(route -> !route.matches("(HEAD|OPTIONS) .*"))
              .collect(Collectors.toSet());
      assertThat(described).as("methods of %s", endpoint).containsAll(routes);
    }
  }

  @Test
  @DisplayName("API: every operation has an id, a summary, its refusals, and its token")
  void operationsAreComplete() {
    document
        .path("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> {
                      String id = operation.path("operationId").asText();
                      assertThat(id).isNotBlank();
                      assertThat(operation.path("summary").asText()).as(id).isNotBlank();
                      assertThat(operation.path("security").size()).as(id).isEqualTo(1);
                      assertThat(operation.at("/responses/403/content").toString())
                          .as(id)
                          .contains("application/problem+json");
                    }));
    assertThat(document.at("/components/schemas/Problem/required").toString())
        .contains("type", "title", "status");
  }

  @Test
  @DisplayName("API: openapi.json is valid OpenAPI, as its own parsers see it")
  void isValid() {
    SwaggerParseResult read = new OpenAPIV3Parser().readContents(document.toString());

    assertThat(read.getMessages()).isEmpty();
    assertThat(read.getOpenAPI().getPaths()).hasSizeGreaterThan(10);
  }

  @Test
  @DisplayName("API: every operation says what it answers when it succeeds")
  void everySuccessIsDescribed() {
    eachOperation(
        (id, operation) -> {
          List<String> successes =
              operation
                  .path("responses")
                  .propertyStream()
                  .map(Map.Entry::getKey)
                  .filter(status -> status.startsWith("2"))
                  .toList();
          assertThat(successes).as(id).isNotEmpty();
          successes.forEach(
              status -> assertSuccess(id, operation.path("responses").path(status), successes));
        });
  }

  /**
   * Where an operation has several successes, they have one shape, and the first has the example.
   */
  private void assertSuccess(String id, JsonNode success, List<String> successes) {
    assertThat(success.path("description").asText()).as(id).isNotBlank();
    for (String lines : List.of("application/x-ndjson", "text/event-stream")) {
      if (success.path("content").has(lines)) {
        assertThat(success.path("content").path(lines).path("example").asText()).isNotBlank();
        return;
      }
    }
    for (String document : List.of("application/pdf", "application/schema+json")) {
      if (success.path("content").has(document)) {
        return;
      }
    }
    assertThat(success.at("/content/application~1json/schema/$ref").asText())
        .as(id)
        .startsWith("#/components/schemas/");
    contract.assertFits(
        success.at("/content/application~1json/schema"),
        success.at("/content/application~1json/example"),
        "the example answer of " + id);
  }

  @Test
  @DisplayName("API: parameters have the types that the server reads them as")
  void parametersAreTyped() {
    Map<String, JsonNode> schemas = new HashMap<>();
    eachOperation(
        (id, operation) ->
            operation
                .path("parameters")
                .forEach(
                    parameter ->
                        schemas.put(
                            id + "." + parameter.path("name").asText(), parameter.path("schema"))));
    assertThat(schemas.get("listPayouts.limit").path("type").asText()).isEqualTo("integer");
    assertThat(schemas.get("listPayouts.limit").path("minimum").asInt()).isEqualTo(1);
    assertThat(schemas.get("listPayouts.limit").path("maximum").asInt()).isEqualTo(200);
    assertThat(schemas.get("listExecutions.from").path("format").asText()).isEqualTo("date-time");
    assertThat(schemas.get("listExecutions.workflow_id").path("format").asText()).isEqualTo("uuid");
    assertThat(schemas.get("listExecutions.status").path("enum"))
        .extracting(JsonNode::asText)
        .containsExactly(
            Arrays.stream(ExecutionStatus.values()).map(Enum::name).toArray(String[]::new));
  }

  @TestFactory
  @DisplayName("API: what is read, and what is refused, is as openapi.json describes it")
  Stream<DynamicTest> answersAreAsDescribed() {
    String payout = api.marketplace.payout(api.marketplace.goodSeller(), "4200.00").toString();
    Answer event =
        api.as("marketplace", "POST", "/events")
            .body(
                "application/cloudevents+json",
                Fixtures.event(UUID.randomUUID().toString(), payout)
                    .getBytes(StandardCharsets.UTF_8))
            .send();
    assertThat(event.status()).isEqualTo(202);
    return Endpoint.all().stream()
        .map(
            endpoint ->
                DynamicTest.dynamicTest(
                    endpoint.toString(),
                    () -> {
                      if (endpoint.method().equals("GET")) {
                        String reader = endpoint.admits("admin") ? "admin" : endpoint.person();
                        Answer read = api.as(reader, "GET", endpoint.path()).send();
                        assertThat(read.status()).isEqualTo(200);
                        contract.assertKept("GET", endpoint.template(), read);
                      }
                      Answer refused = api.anonymous(endpoint.method(), endpoint.path()).send();
                      assertThat(refused.status()).isEqualTo(401);
                      contract.assertKept(endpoint.method(), endpoint.template(), refused);
                    }));
  }

  private void eachOperation(BiConsumer<String, JsonNode> seen) {
    document
        .path("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> seen.accept(operation.path("operationId").asText(), operation)));
  }

  @TestFactory
  @DisplayName("API: every body has an example, and the server takes it")
  Stream<DynamicTest> examplesWork() {
    List<Example> examples = examples();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(12);
    return examples.stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.operation() + " " + example.type(), () -> send(example)));
  }

  private List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            method
                                .getValue()
                                .at("/requestBody/content")
                                .properties()
                                .forEach(
                                    type ->
                                        examples.add(
                                            new Example(
                                                method.getKey().toUpperCase(Locale.ROOT),
                                                path.getKey(),
                                                method.getValue().path("operationId").asText(),
                                                type.getKey(),
                                                type.getValue().path("example"))))));
    return examples;
  }

  private void send(Example example) {
    assertThat(example.body().isMissingNode()).as("no example").isFalse();
    boolean isEvent = example.path().equals("/events");
    Call call =
        api.as(person(example), example.method(), target(example))
            .body(example.type(), example.bytes());
    if (isEvent && example.type().equals("application/json")) {
      call =
          call.header("ce-specversion", "1.0")
              .header("ce-id", UUID.randomUUID().toString())
              .header("ce-source", "examples")
              .header("ce-type", "payout.requested");
    }
    Answer answer = call.send();
    assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
    contract.assertKept(example.method(), example.path(), answer);
  }

  private static String person(Example example) {
    if (example.path().equals("/events")) {
      return "marketplace";
    }
    if (example.operation().contains("Alert")) {
      return "devops";
    }
    if (example.operation().equals("revealSecret")) {
      return "cto";
    }
    return example.operation().matches("(approve|reject|delegate).*") ? "cfo" : "admin";
  }

  /** The address with something in it that stands as the example needs it. */
  private String target(Example example) {
    return switch (example.operation()) {
      case "approveExecution", "rejectExecution" ->
          example.path().replace("{id}", Questions.asked(api).execution());
      case "delegateApproval" -> example.path().replace("{id}", Questions.asked(api).approval());
      case "approveAutomation", "rejectAutomation" ->
          example.path().replace("{id}", Fixtures.pending(api));
      case "acknowledgeAlert", "silenceAlert", "resolveAlert" ->
          example.path().replace("{id}", Fixtures.alert(api));
      case "editChange", "submitChange", "cancelChange" ->
          example.path().replace("{id}", Fixtures.setting(api));
      case "approveChange", "rejectChange" ->
          example.path().replace("{id}", Fixtures.submitted(api));
      case "activateChange" -> example.path().replace("{id}", Fixtures.approved(api));
      case "rollBackChange" -> example.path().replace("{id}", Fixtures.holding(api));
      case "revealSecret" -> example.path().replace("{id}", Fixtures.secret(api));
      case "changeKeyRule" -> example.path().replace("{key}", "listing.photos.maximum");
      case "changeCategoryRule" -> example.path().replace("{category}", "SYSTEM");
      case "cancelFreezeWindow" -> example.path().replace("{id}", Fixtures.freeze(api));
      case "changeAlertRule" -> example.path().replace("{name}", "automation.high_failure_rate");
      case "retryPayout", "reversePayout" ->
          example.path().replace("{id}", PaidAndFailed.failed(api));
      case "pauseTask", "cancelTask", "runTask" ->
          example.path().replace("{id}", Fixtures.task(api));
      case "resumeTask" -> example.path().replace("{id}", Fixtures.pausedTask(api));
      case "retryExecution" -> example.path().replace("{id}", Fixtures.failed(api));
      case "cancelBacktest" -> example.path().replace("{id}", Fixtures.backtest(api));
      case "resetBreaker" -> example.path().replace("{action}", Fixtures.breaker(api));
      case "cancelExecution" -> example.path().replace("{id}", waiting());
      case "executeAutomation" ->
          example.path().replace("{id}", Fixtures.automation(api, "ACTIVE"));
      default -> example.path().replace("{id}", Fixtures.automation(api, "DRAFT"));
    };
  }

  /** An execution that waits for Temporal. */
  private String waiting() {
    String payout = api.marketplace.payout(api.marketplace.goodSeller(), "4200.00").toString();
    String automation =
        api.as("admin", "POST", "/admin/workflows")
            .json(
                "{\"name\": \"All\", \"status\": \"ACTIVE\", \"trigger\": \"event: payout.requested\","
                    + " \"steps\": [{\"action\": \"reject_payout\", \"with\": {\"reason\": \"r\"}}]}")
            .send()
            .text("/id");
    return Fixtures.execution(api, automation, payout);
  }
}

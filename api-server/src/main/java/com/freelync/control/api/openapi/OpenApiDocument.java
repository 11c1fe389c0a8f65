package com.freelync.control.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freelync.control.api.limit.Limited;
import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.api.security.PublicAccess;
import com.freelync.control.api.table.Table;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the OpenAPI document from the resource classes, their records and the example files. */
public final class OpenApiDocument {
  private static final String BEARER = "bearer";
  private final ObjectMapper json;
  private final Set<Class<?>> resources;
  private final Examples examples;

  public OpenApiDocument(ObjectMapper json, Set<Class<?>> resources) {
    this.json = json;
    this.resources = Set.copyOf(resources);
    this.examples = new Examples(json);
  }

  /** The document's bytes. */
  public byte[] bytes() {
    ModelConverters.getInstance().addConverter(new RecordSchemas(json));
    OpenAPI api = new Reader(new SwaggerConfiguration().openAPI(frame())).read(resources);
    Set<String> open = open(resources);
    Set<String> limited = limited(resources);
    api.getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) -> complete(method.name(), operation, open, limited)));
    try {
      return Json.mapper().writeValueAsBytes(api);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the OpenAPI document cannot be written", e);
    }
  }

  private static void describeLimit(ApiResponses answers) {
    ApiResponse full = problem("429");
    full.addHeaderObject(
        "Retry-After",
        new Header().schema(new IntegerSchema()).description("Seconds until a place is free"));
    answers.addApiResponse("429", full);
    answers.forEach(
        (status, answer) -> {
          if (!status.equals("401")) {
            answer.addHeaderObject(
                "RateLimit-Policy",
                new Header()
                    .schema(new StringSchema())
                    .description("The limit: its name, calls (q) and seconds (w)"));
            answer.addHeaderObject(
                "RateLimit",
                new Header()
                    .schema(new StringSchema())
                    .description("Calls that are left (r), seconds to the next place (t)"));
          }
        });
  }

  private static Set<String> limited(Set<Class<?>> resources) {
    return resources.stream()
        .filter(resource -> resource.isAnnotationPresent(Limited.class))
        .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  private static Set<String> open(Set<Class<?>> resources) {
    return resources.stream()
        .flatMap(resource -> Arrays.stream(resource.getMethods()))
        .filter(method -> method.isAnnotationPresent(PublicAccess.class))
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  private static OpenAPI frame() {
    ResolvedSchema problem =
        ModelConverters.getInstance()
            .readAllAsResolvedSchema(new AnnotatedType(Problem.class).resolveAsRef(false));
    Components components =
        new Components()
            .addSecuritySchemes(
                BEARER,
                new SecurityScheme()
                    .type(SecurityScheme.Type.HTTP)
                    .scheme("bearer")
                    .bearerFormat("JWT"));
    problem.referencedSchemas.forEach(components::addSchemas);
    return new OpenAPI()
        .info(
            new Info()
                .title("FreeLync control center")
                .version("1")
                .description(
                    "Settings, automations, payouts, events and the audit log. Errors are problem details."))
        .components(components);
  }

  private void complete(String method, Operation operation, Set<String> open, Set<String> limited) {
    boolean isPublic = open.contains(operation.getOperationId());
    if (!isPublic) {
      operation.addSecurityItem(new SecurityRequirement().addList(BEARER));
    }
    if (method.equals("POST")) {
      operation.addParametersItem(
          new HeaderParameter()
              .name("Idempotency-Key")
              .description("The same key, caller and body give the first answer for 24 hours")
              .schema(new StringSchema().maxLength(255)));
    }
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(Parameters::type);
    }
    ApiResponses answers = operation.getResponses();
    describeSuccess(answers);
    answers.values().forEach(OpenApiDocument::describeTables);
    for (String status : List.of("400", "401", "403", "404", "409", "412", "422", "500", "503")) {
      if (isPublic && !status.startsWith("5")) {
        continue;
      }
      answers.putIfAbsent(status, problem(status));
    }
    ApiResponse full = answers.get("429");
    if (full != null && full.getHeaders() != null) {
      // Who names its headers, too, tells of its limit only where that is full.
      answers.addApiResponse("429", problem("429").headers(full.getHeaders()));
    } else if (limited.contains(operation.getOperationId()) || full != null) {
      // An operation that names 429 itself counts only what it accepts.
      describeLimit(answers);
    }
    answers.forEach(
        (status, answer) ->
            answer.addHeaderObject(
                "X-Request-Id", new Header().schema(new StringSchema()).description("The id")));
    examples.attach(operation);
  }

  /**
   * What a method returns is its answer 200, where it names no other; every answer says something.
   */
  private static void describeSuccess(ApiResponses answers) {
    ApiResponse returned = answers.remove("default");
    if (returned != null && answers.keySet().stream().noneMatch(status -> status.startsWith("2"))) {
      answers.addApiResponse("200", returned.description(null));
    }
    answers.forEach(
        (status, answer) -> {
          if (answer.getDescription() == null || answer.getDescription().isEmpty()) {
            answer.setDescription(
                switch (status) {
                  case "201" -> "It was made";
                  case "202" -> "It was accepted and goes on by itself";
                  default -> "The answer";
                });
          }
        });
  }

  /** A table is no JSON: its columns are those of the answer. */
  private static void describeTables(ApiResponse answer) {
    if (answer.getContent() != null) {
      answer
          .getContent()
          .computeIfPresent(
              Table.CSV, (type, ignored) -> new MediaType().schema(new StringSchema()));
      answer
          .getContent()
          .computeIfPresent(
              Table.XLSX,
              (type, ignored) -> new MediaType().schema(new StringSchema().format("binary")));
    }
  }

  private static ApiResponse problem(String status) {
    return new ApiResponse()
        .description(ProblemType.ofStatus(Integer.parseInt(status)).title())
        .content(
            new Content()
                .addMediaType(
                    Problem.MEDIA_TYPE,
                    new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
  }
}

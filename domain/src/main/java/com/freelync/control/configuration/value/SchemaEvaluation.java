package com.freelync.control.configuration.value;

import com.freelync.control.problem.FieldError;
import com.freelync.control.text.Excerpt;
import com.networknt.schema.Error;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds values against a JSON Schema that {@link SchemaCheck} has nothing against. */
final class SchemaEvaluation {
  private static final int LONGEST = 300;
  private static final int MOST = 100;

  private static final Set<String> WEIGHED =
      Set.of("enum", "const", "uniqueItems", "unevaluatedItems", "unevaluatedProperties");

  /** They only annotate, as the draft has it; so does format, by its own setting. */
  private static final Set<String> ANNOTATING =
      Set.of("contentEncoding", "contentMediaType", "readOnly", "writeOnly");

  private static final Dialect DIALECT = dialect();

  private final Budget budget;
  private final boolean isSecret;
  private final Schema schema;

  SchemaEvaluation(Map<String, Object> schema, boolean isSecret, Budget budget) {
    this.isSecret = isSecret;
    this.budget = budget;
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .regularExpressionFactory(this::pattern)
            .formatAssertionsEnabled(false)
            .locale(Locale.ROOT)
            .pathType(PathType.JSON_POINTER)
            .build();
    this.schema =
        SchemaRegistry.withDialect(DIALECT, registry -> registry.schemaRegistryConfig(config))
            .getSchema(SchemaNodes.of(schema));
  }

  private static Dialect dialect() {
    Dialect draft = Dialects.getDraft202012();
    Dialect.Builder builder = Dialect.builder(draft);
    draft
        .getKeywords()
        .forEach(
            (name, keyword) -> {
              if (WEIGHED.contains(name)) {
                builder.keyword(new WeighedKeyword(keyword));
              }
            });
    ANNOTATING.forEach(name -> builder.keyword(new AnnotationKeyword(name)));
    return builder.build();
  }

  List<FieldError> errors(Object value, String at) {
    try {
      List<Error> errors =
          schema.validate(new BoundedContext(budget), SchemaNodes.of(value), OutputFormat.DEFAULT);
      if (budget.isSpent()) {
        return tooComplex(at);
      }
      return isSecret ? withoutTheValue(errors, at) : errors(errors, at);
    } catch (Budget.TooMuch e) {
      return tooComplex(at);
    }
  }

  private static List<FieldError> tooComplex(String at) {
    return List.of(
        new FieldError(
            at,
            "too_complex",
            "checking this value takes too long: simplify it or the rule's JSON Schema"));
  }

  private static List<FieldError> errors(List<Error> errors, String at) {
    return errors.stream()
        .map(
            error ->
                new FieldError(
                    at + error.getInstanceLocation(),
                    "schema",
                    Excerpt.of(error.getMessage(), LONGEST)))
        .distinct()
        .limit(MOST)
        .toList();
  }

  /** Places and messages have parts of the value in them; the names of keywords have not. */
  private static List<FieldError> withoutTheValue(List<Error> errors, String at) {
    if (errors.isEmpty()) {
      return List.of();
    }
    String keywords =
        errors.stream()
            .map(Error::getKeyword)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return List.of(
        new FieldError(at, "schema", "this does not fit the rule's JSON Schema: " + keywords));
  }

  private RegularExpression pattern(String text) {
    BoundedPattern pattern = BoundedPattern.of(text);
    // The validator would log what is thrown here, so it is the next keyword that gives up.
    return value -> budget.take(pattern.cost(value)) && pattern.isFoundIn(value);
  }
}

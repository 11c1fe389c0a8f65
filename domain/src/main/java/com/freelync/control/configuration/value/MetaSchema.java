package com.freelync.control.configuration.value;

import com.freelync.control.problem.FieldError;
import com.freelync.control.text.Excerpt;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The schema of schemas, which comes with the library: what every JSON Schema must be. */
final class MetaSchema {
  private static final int LONGEST = 300;

  private static final Schema SCHEMA =
      SchemaRegistry.withDialect(
              Dialects.getDraft202012(),
              registry ->
                  registry.schemaRegistryConfig(
                      SchemaRegistryConfig.builder()
                          .formatAssertionsEnabled(false)
                          .locale(Locale.ROOT)
                          .pathType(PathType.JSON_POINTER)
                          .build()))
          .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));

  private MetaSchema() {}

  static List<FieldError> errors(Map<?, ?> schema, String at) {
    return SCHEMA.validate(SchemaNodes.of(schema)).stream()
        .map(
            error ->
                new FieldError(
                    at + error.getInstanceLocation(),
                    "schema",
                    "not JSON Schema: " + Excerpt.of(error.getMessage(), LONGEST)))
        .distinct()
        .toList();
  }
}

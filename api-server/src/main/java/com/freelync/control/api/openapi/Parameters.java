package com.freelync.control.api.openapi;

import com.freelync.control.api.paging.PageRequest;
import io.swagger.v3.oas.models.media.DateTimeSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;

/**
 * The types of parameters, which resources take as texts so that they can refuse a wrong one in
 * their own words. One name means the same everywhere.
 */
final class Parameters {
  private Parameters() {}

  static void type(Parameter parameter) {
    String name = parameter.getName();
    switch (name) {
      case "limit" -> {
        IntegerSchema limit = new IntegerSchema();
        limit.setMinimum(BigDecimal.ONE);
        limit.setMaximum(BigDecimal.valueOf(PageRequest.MOST));
        limit.setDefault(PageRequest.STANDARD);
        parameter.schema(limit).description("How many at most");
      }
      case "cursor" -> parameter.description("The next_cursor of the page before");
      case "from" -> parameter.schema(new DateTimeSchema()).description("From this time on");
      case "to" -> parameter.schema(new DateTimeSchema()).description("Before this time");
      case "at" -> parameter.schema(new DateTimeSchema()).description("As it was at this time");
      default -> {
        boolean isKey = parameter.getSchema() != null && parameter.getSchema().getPattern() != null;
        if ((name.equals("id") || name.endsWith("_id")) && !isKey) {
          parameter.schema(new UUIDSchema());
        }
      }
    }
  }
}

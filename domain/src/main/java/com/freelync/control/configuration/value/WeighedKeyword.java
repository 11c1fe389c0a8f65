package com.freelync.control.configuration.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.List;

/** A keyword that looks at all of a value, or at all that was found of it, and is paid for that. */
record WeighedKeyword(Keyword keyword) implements Keyword {
  @Override
  public String getValue() {
    return keyword.getValue();
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation location, JsonNode node, Schema parent, SchemaContext context)
      throws Exception {
    return new Weighed(keyword.newValidator(location, node, parent, context));
  }

  private record Weighed(KeywordValidator validator) implements KeywordValidator {
    @Override
    public void validate(
        ExecutionContext context, JsonNode node, JsonNode root, NodePath location) {
      if (context instanceof BoundedContext bounded) {
        bounded.spend(weight(context, node, location));
      }
      validator.validate(context, node, root, location);
    }

    private long weight(ExecutionContext context, JsonNode node, NodePath location) {
      return switch (getKeyword()) {
        case "unevaluatedItems", "unevaluatedProperties" ->
            context.getAnnotations().asMap().getOrDefault(location, List.of()).size();
        // Items whose hashes collide are compared with each other.
        case "uniqueItems" -> SchemaNodes.count(node) + (long) node.size() * node.size() / 100;
        default -> SchemaNodes.count(node);
      };
    }

    @Override
    public void preloadSchema() {
      validator.preloadSchema();
    }

    @Override
    public String getKeyword() {
      return validator.getKeyword();
    }

    @Override
    public SchemaLocation getSchemaLocation() {
      return validator.getSchemaLocation();
    }
  }
}

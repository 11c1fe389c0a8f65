package com.freelync.control.automation;

import com.freelync.control.api.security.Requires;
import com.freelync.control.identity.Permission;
import com.freelync.control.parse.DefinitionSchema;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Map;

/** What definitions look like, for editors. */
@Path("/admin/workflows")
public final class SchemaResource {
  private final ActionCatalog catalog;

  public SchemaResource(ActionCatalog catalog) {
    this.catalog = catalog;
  }

  /** The JSON Schema of definitions. */
  @GET
  @Path("/schema")
  @Produces("application/schema+json")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "The JSON Schema of definitions",
      description = "Draft 2020-12, for the actions, event types and roles that exist here.",
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "The schema",
              content =
                  @Content(
                      mediaType = "application/schema+json",
                      schema = @Schema(implementation = Object.class))))
  public Map<String, Object> definitionSchema() {
    return DefinitionSchema.of(catalog);
  }
}

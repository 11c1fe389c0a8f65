package com.freelync.control.api.openapi;

import com.freelync.control.api.security.PublicAccess;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;

/** The description of the interface; made when it is first asked for. */
@Path("/openapi.json")
public final class OpenApiResource {
  private final Supplier<byte[]> document;

  public OpenApiResource(OpenApiDocument description) {
    this.document = Suppliers.memoize(description::bytes);
  }

  /** The OpenAPI document. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @PublicAccess
  @Hidden
  public byte[] document() {
    return Objects.requireNonNull(document.get());
  }
}

package com.freelync.control.report;

import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.database.Cursor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Reports that automations made: listed, and downloaded. */
@Path("/admin/artifacts")
@Produces(MediaType.APPLICATION_JSON)
public final class ArtifactResource {
  private static final String PDF = "application/pdf";
  private static final String CSV = "text/csv";

  private final Artifacts artifacts;

  public ArtifactResource(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /** Reports. */
  @GET
  @SeesReports
  @Operation(summary = "Lists reports, the newest first")
  public Page<ArtifactView> listArtifacts(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    return Page.of(
        artifacts.list(page.after(), page.rows()),
        page,
        artifact -> new Cursor(artifact.createdAt(), artifact.id()),
        ArtifactView::of);
  }

  /** One report, without its bytes. */
  @GET
  @Path("/{id}")
  @SeesReports
  @Operation(
      summary = "One report: what it is, who made it, and until when it is kept",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = ArtifactView.class))))
  public Response getArtifact(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Request request) {
    Artifact artifact = artifacts.find(PathIds.read("artifact", id));
    return EntityTags.answer(request, tag(artifact), ArtifactView.of(artifact));
  }

  /** A report's bytes. */
  @GET
  @Path("/{id}/content")
  @Produces({PDF, CSV, MediaType.TEXT_HTML})
  @SeesReports
  @Operation(
      summary = "Downloads a report, as the PDF, CSV or HTML that it is",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = {
                @Content(mediaType = PDF, schema = @Schema(type = "string", format = "binary")),
                @Content(mediaType = CSV, schema = @Schema(type = "string")),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = "string"))
              }))
  public Response downloadArtifact(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Request request) {
    Artifact artifact = artifacts.find(PathIds.read("artifact", id));
    Response.ResponseBuilder known = request.evaluatePreconditions(tag(artifact));
    if (known != null) {
      return known.tag(tag(artifact)).build();
    }
    return Response.ok(artifacts.content(artifact.id()))
        .type(artifact.format().contentType())
        .tag(tag(artifact))
        .header("Content-Disposition", "attachment; filename=\"" + artifact.fileName() + "\"")
        .header("X-Content-Type-Options", "nosniff")
        // A page of HTML is a document, not a part of this interface: nothing in it runs.
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .header("Cache-Control", "private, max-age=3600")
        .build();
  }

  private static EntityTag tag(Artifact artifact) {
    return new EntityTag(artifact.sha256());
  }
}

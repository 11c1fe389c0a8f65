package com.freelync.control.configuration;

import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.approval.DecisionRequest;
import com.freelync.control.identity.Permission;
import com.freelync.control.temporal.TemporalSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What becomes of a version: submitted, decided, activated, taken back; and what was recorded. */
@Path("/admin/config")
@Produces(MediaType.APPLICATION_JSON)
public final class DecisionResource {
  private final Settings settings;
  private final Configurations configurations;
  private final TemporalSettings temporal;

  public DecisionResource(ConfigurationModule module, TemporalSettings temporal) {
    this.settings = module.settings;
    this.configurations = module.configurations;
    this.temporal = temporal;
  }

  /** Why something is done, in either word. */
  public record ReasonRequest(@Nullable String reason, @Nullable String comment) {
    static @Nullable String said(@Nullable ReasonRequest body) {
      return body == null ? null : body.reason() != null ? body.reason() : body.comment();
    }
  }

  /** What is rolled back to, and why. */
  public record RollbackRequest(@Nullable Integer toVersion, String reason) {}

  /** Why a secret is read. */
  public record RevealRequest(String reason) {}

  /** A secret in clear. */
  public record RevealedValue(UUID id, String key, int version, Map<String, Object> value) {}

  /** What a version would have done, and its risk. */
  public record ImpactAnswer(
      UUID id, String key, int version, String riskLevel, Map<String, Object> impact) {}

  /** Asks people. */
  @POST
  @Path("/{id}/submit")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(
      summary = "Asks people whether a version may become active; again, where it is suspended",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = ConfigurationVersionView.class))))
  public Response submitChange(
      @PathParam("id") String id,
      @Nullable ReasonRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return ConfigurationChanges.answer(
        configurations.submit(
            ConfigurationResource.read(id), ReasonRequest.said(body), caller.actor()),
        temporal);
  }

  /** Approves. */
  @POST
  @Path("/{id}/approve")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_APPROVE)
  @Operation(
      summary = "Approves the version that waits, or keeps the one whose guard asks",
      description = "`content_hash` makes sure that what is approved is what the caller saw.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = ConfigurationVersionView.class))))
  public Response approveChange(
      @PathParam("id") String id,
      DecisionRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return decide(id, body, true, caller);
  }

  /** Rejects. */
  @POST
  @Path("/{id}/reject")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_APPROVE)
  @Operation(
      summary = "Rejects the version that waits, or takes back the one whose guard asks",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = ConfigurationVersionView.class))))
  public Response rejectChange(
      @PathParam("id") String id,
      DecisionRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return decide(id, body, false, caller);
  }

  private Response decide(String id, DecisionRequest body, boolean approves, Caller caller) {
    return ConfigurationChanges.answer(
        configurations.decide(
            ConfigurationResource.read(id), DecisionRequest.approver(caller), body.word(approves)),
        temporal);
  }

  /** Gives up. */
  @POST
  @Path("/{id}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(
      summary = "Gives a version up that does not hold yet, also one that is scheduled",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = ConfigurationVersionView.class))))
  public Response cancelChange(
      @PathParam("id") String id,
      @Nullable ReasonRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return ConfigurationChanges.answer(
        configurations.cancel(
            ConfigurationResource.read(id), ReasonRequest.said(body), caller.actor()),
        temporal);
  }

  /** Activates. */
  @POST
  @Path("/{id}/activate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(
      summary = "Makes an approved version the one that holds, now",
      responses = {
        @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ConfigurationVersionView.class))),
        @ApiResponse(responseCode = "429")
      })
  public Response activateChange(
      @PathParam("id") String id,
      @Nullable ReasonRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return ConfigurationChanges.answer(
        configurations.activate(
            ConfigurationResource.read(id), ReasonRequest.said(body), caller.actor()),
        false,
        temporal);
  }

  /** Takes back. */
  @POST
  @Path("/{id}/rollback")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(
      summary = "Takes back what holds, by a new version that says what held before",
      description =
          "At once to what held directly before; to an older one, by `to_version`, once people"
              + " agreed.",
      responses = {
        @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ConfigurationVersionView.class))),
        @ApiResponse(responseCode = "429")
      })
  public Response rollBackChange(
      @PathParam("id") String id,
      RollbackRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return ConfigurationChanges.answer(
        configurations.rollback(
            ConfigurationResource.read(id),
            caller.newId(),
            body.toVersion(),
            body.reason(),
            caller.actor()),
        false,
        temporal);
  }

  /** Reveals a secret. */
  @POST
  @Path("/{id}/reveal")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_REVEAL)
  @Operation(
      summary = "A secret in clear; the audit log keeps who read it and why",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = RevealedValue.class))))
  public Response revealSecret(
      @PathParam("id") String id,
      RevealRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    UUID version = ConfigurationResource.read(id);
    Map<String, Object> value = configurations.reveal(version, caller.actor(), body.reason());
    ConfigurationVersion of = settings.version(version);
    return Response.ok(new RevealedValue(version, of.key(), of.version(), value))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** The impact of a version. */
  @GET
  @Path("/{id}/impact")
  @SeesSettings
  @Operation(
      summary = "What a version would have done over the 30 days before it was submitted",
      description = "Computed of the source, with its method and window.")
  public ImpactAnswer getImpact(@PathParam("id") String id) {
    ConfigurationVersion version = settings.version(ConfigurationResource.read(id));
    return new ImpactAnswer(
        version.id(), version.key(), version.version(), version.riskLevel(), version.impact());
  }

  /** The record of changes. */
  @GET
  @Path("/{id}/history")
  @SeesSettings
  @Operation(
      summary = "The record of the changes of a version's setting, the newest first",
      description =
          "`id` is a version's: the record is of all versions of its setting. Each entry's `hash` is"
              + " over the one before it.")
  public Page<ConfigChange> getChangeHistory(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    long after = page.after().at().getEpochSecond();
    int before = (int) Math.min(after, Integer.MAX_VALUE);
    return Page.of(
        settings.history(ConfigurationResource.read(id), false, before, page.rows()),
        page,
        change ->
            new com.freelync.control.database.Cursor(
                Instant.ofEpochSecond(change.place()), new UUID(0, 0)),
        Function.identity());
  }
}

package com.freelync.control.configuration;

import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.database.Cursor;
import com.freelync.control.identity.Permission;
import com.freelync.control.temporal.TemporalSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Settings: listed, seen beforehand, changed. */
@Path("/admin/config")
@Produces(MediaType.APPLICATION_JSON)
public final class ConfigurationResource {
  private static final String KEY = "[a-z][a-z0-9_]*([.-][a-z0-9_]+)*";

  /** More than there will be settings. */
  private static final int RANKS = 1_000_000;

  private final Settings settings;
  private final Configurations configurations;
  private final TemporalSettings temporal;

  public ConfigurationResource(ConfigurationModule module, TemporalSettings temporal) {
    this.settings = module.settings;
    this.configurations = module.configurations;
    this.temporal = temporal;
  }

  /** Settings by their keys. */
  @GET
  @SeesSettings
  @Operation(
      summary = "Lists settings by their keys, with what holds and what is to come",
      description = "Also those that are known and were never set.")
  public Page<SettingView> listSettings(
      @Parameter(schema = @Schema(implementation = ConfigCategory.class)) @QueryParam("category")
          @Nullable String category,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Filters.among("category", category, ConfigCategory.class);
    List<String> keys = settings.keys(category == null ? null : ConfigCategory.valueOf(category));
    Map<String, Integer> places = new HashMap<>();
    keys.forEach(key -> places.put(key, places.size()));
    // Only what is on the page is read.
    return Page.ofAll(
        keys,
        PageRequest.of(limit, cursor),
        key -> RANKS - Objects.requireNonNull(places.get(key)),
        key -> SettingView.of(settings.setting(key, null), temporal));
  }

  /** One setting. */
  @GET
  @Path("/{id}")
  @SeesSettings
  @Operation(
      summary = "One setting: its rule, what holds, and what is to come",
      description = "`at`: what held at that instant.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = SettingView.class))))
  public Response getSetting(
      @Parameter(description = "The setting's key", schema = @Schema(pattern = KEY))
          @PathParam("id")
          String key,
      @QueryParam("at") @Nullable String at,
      @Parameter(hidden = true) @Context Request request) {
    Setting setting = settings.setting(key, Filters.time("at", at));
    return EntityTags.answer(
        request, EntityTags.of(setting.revision()), SettingView.of(setting, temporal));
  }

  /** Versions. */
  @GET
  @Path("/versions")
  @SeesSettings
  @Operation(summary = "Lists versions of settings, the newest first")
  public Page<ConfigurationVersionView> listSettingVersions(
      @QueryParam("key") @Nullable String key,
      @Parameter(schema = @Schema(implementation = ConfigStatus.class)) @QueryParam("status")
          @Nullable String status,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    PageRequest page = PageRequest.of(limit, cursor);
    Filters.among("status", status, ConfigStatus.class);
    return Page.of(
        settings.versions(key, status, page.after(), page.rows()),
        page,
        version -> new Cursor(version.createdAt(), version.id()),
        version -> ConfigurationVersionView.of(version, temporal));
  }

  /** One version. */
  @GET
  @Path("/versions/{id}")
  @SeesSettings
  @Operation(
      summary = "One version of a setting",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(schema = @Schema(implementation = ConfigurationVersionView.class))))
  public Response getSettingVersion(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Request request) {
    ConfigurationVersion version = settings.version(read(id));
    return EntityTags.answer(
        request, ConfigurationChanges.tag(version), ConfigurationVersionView.of(version, temporal));
  }

  /** What a change would do. */
  public record PreviewAnswer(
      Map<String, Object> impact, String riskLevel, List<List<String>> slots) {}

  /** What a change would do that is not kept. */
  @POST
  @Path("/preview")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(
      summary = "What a change would do, and whom it would ask; nothing is kept",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ChangeBody.class))))
  public PreviewAnswer previewChange(byte[] body) {
    Configurations.Preview preview =
        configurations.preview(ConfigurationChanges.read(body, true).change());
    return new PreviewAnswer(
        preview.impact().document(),
        preview.risk().wireName(),
        preview.slots().stream().map(com.freelync.control.approval.Slot::roleNames).toList());
  }

  /** Makes the next version of a setting. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(
      summary = "Makes the next version of a setting: DRAFT, or PENDING with `submit`",
      description =
          "At most 10 accepted changes an hour for each person. A setting that is known needs no"
              + " `category`. Its value is the bare one, or an object whose one field is the key's"
              + " last part.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ChangeBody.class))),
      responses = {
        @ApiResponse(
            responseCode = "201",
            content = @Content(schema = @Schema(implementation = ConfigurationVersionView.class))),
        @ApiResponse(responseCode = "429")
      })
  public Response createChange(byte[] body, @Parameter(hidden = true) @Context Caller caller) {
    ConfigurationChanges.Body read = ConfigurationChanges.read(body, true);
    return ConfigurationChanges.answer(
        configurations.create(caller.newId(), read.change(), read.submits(), caller.actor()),
        true,
        temporal);
  }

  /** Changes a version. */
  @PATCH
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(
      summary = "Changes a version that does not hold yet: the fields that are given",
      description =
          "What people said of it is withdrawn, and they are asked anew. Of the ACTIVE version it"
              + " makes the next one (201).",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = EditBody.class))),
      responses = {
        @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ConfigurationVersionView.class))),
        @ApiResponse(
            responseCode = "201",
            content = @Content(schema = @Schema(implementation = ConfigurationVersionView.class))),
        @ApiResponse(responseCode = "429")
      })
  public Response editChange(
      @PathParam("id") String id,
      byte[] body,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Parameter(hidden = true) @Context Request request,
      @Parameter(hidden = true) @Context Caller caller) {
    UUID version = read(id);
    ConfigurationChanges.Body read = ConfigurationChanges.read(body, false);
    Long expected = null;
    if (ifMatch != null) {
      ConfigurationVersion present = settings.version(version);
      EntityTags.requireMatch(request, ConfigurationChanges.tag(present));
      expected = present.revision();
    }
    ChangeLimit.Changed changed =
        configurations.edit(
            version, caller.newId(), read.fields(), read.submits(), expected, caller.actor());
    return ConfigurationChanges.answer(changed, !changed.version().id().equals(version), temporal);
  }

  static UUID read(String id) {
    return PathIds.read("version of a setting", id);
  }
}

package com.freelync.control.configuration;

import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.identity.Permission;
import com.google.common.hash.Hashing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What holds, for other services (CF-10). */
@Path("/config")
@Produces(MediaType.APPLICATION_JSON)
public final class SettingReadResource {
  private static final int MOST_KEYS = 100;

  private final LiveSettings settings;
  private final SettingStream stream;

  public SettingReadResource(LiveSettings settings, SettingStream stream) {
    this.settings = settings;
    this.stream = stream;
  }

  /** What holds of a setting. */
  public record SettingValue(
      String key, int version, Map<String, Object> value, Instant activatedAt) {}

  /** What holds of several settings; those of which nothing holds are missing. */
  public record SettingValues(List<SettingValue> items) {}

  /** A value. */
  @GET
  @Path("/{key}")
  @Requires(Permission.CONFIG_READ)
  @Operation(
      summary = "What holds of a setting, or held at an instant (`at`)",
      description = "With an entity tag: `If-None-Match` is answered 304 while the same holds.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = SettingValue.class))))
  public Response readSetting(
      @PathParam("key") String key,
      @QueryParam("at") @Nullable String at,
      @HeaderParam("If-None-Match") @Nullable String known) {
    Instant instant = Filters.time("at", at);
    LiveSetting setting = instant == null ? settings.get(key) : settings.at(key, instant);
    return EntityTags.answer(
        known,
        new EntityTag("v" + setting.version()),
        setting.json().getBytes(StandardCharsets.UTF_8));
  }

  /** Several values. */
  @GET
  @Requires(Permission.CONFIG_READ)
  @Operation(
      summary = "What holds of the settings that `keys` names, or of all",
      description = "Those of which nothing holds are missing. With an entity tag.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = SettingValues.class))))
  public Response readSettings(
      @QueryParam("keys") @Nullable String keys,
      @HeaderParam("If-None-Match") @Nullable String known,
      @Parameter(hidden = true) @Context Request request) {
    List<LiveSetting> found = keys == null ? settings.all() : settings.all(names(keys));
    byte[] body =
        found.stream()
            .map(LiveSetting::json)
            .collect(Collectors.joining(",", "{\"items\":[", "]}"))
            .getBytes(StandardCharsets.UTF_8);
    return EntityTags.answer(
        request, EntityTags.of(Hashing.sha256().hashBytes(body).toString()), body);
  }

  private static List<String> names(String keys) {
    List<String> names = Arrays.stream(keys.split(",", -1)).map(String::strip).distinct().toList();
    if (names.contains("")) {
      throw ProblemException.malformed("keys", "blank", "name settings: ?keys=a.b,c.d");
    }
    if (names.size() > MOST_KEYS) {
      throw ProblemException.malformed("keys", "size", "name at most " + MOST_KEYS + " settings");
    }
    return names;
  }

  /** The stream of changes. */
  @GET
  @Path("/stream")
  @Produces(SettingStream.TYPE)
  @Requires(Permission.CONFIG_READ)
  @Operation(
      summary = "What holds of every setting, then each change as it commits (SSE)",
      description =
          "Events `config` hold what GET /config/{key} answers; `ready` says that what held is told."
              + " With `Last-Event-ID` only what changed since. A comment every 15 seconds."
              + " It ends with the token: come again with another one.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(mediaType = SettingStream.TYPE, schema = @Schema(type = "string"))))
  public Response streamSettings(
      @HeaderParam("Last-Event-ID") @Nullable String last,
      @Parameter(hidden = true) @Context Caller caller) {
    return stream.serve(caller.until(), position(last));
  }

  private static long position(@Nullable String last) {
    if (last == null) {
      return -1;
    }
    if (!last.matches("[0-9]{1,18}")) {
      throw ProblemException.malformed(
          "Last-Event-ID", "number", "Last-Event-ID is the id of an event of this stream");
    }
    return Long.parseLong(last);
  }
}

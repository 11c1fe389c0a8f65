package com.freelync.control.configuration;

import com.freelync.control.api.json.ObjectBodies;
import com.freelync.control.api.json.TextCheck;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.configuration.ChangeLimit.Changed;
import com.freelync.control.identity.Permission;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import com.freelync.control.temporal.TemporalSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules: what the values of a setting may be, and who agrees to changes of a category. A rule
 * is changed as a setting is, by a version that people approve.
 */
@Path("/admin/config-rules")
@Produces(MediaType.APPLICATION_JSON)
public final class RuleResource {
  private final Settings settings;
  private final SettingRuleChanges changes;
  private final TemporalSettings temporal;

  public RuleResource(ConfigurationModule module, TemporalSettings temporal) {
    this.settings = module.settings;
    this.changes = module.ruleChanges;
    this.temporal = temporal;
  }

  /**
   * The rule of a setting's values.
   *
   * @param rule null where nothing is said of it
   * @param active the version that says so; null for a rule known from the start
   * @param upcoming other rules that do not hold yet
   */
  public record KeyRuleView(
      String key,
      String category,
      @Nullable Map<String, Object> rule,
      @Nullable ConfigurationVersionView active,
      List<ConfigurationVersionView> upcoming) {}

  /** The rule of approval of a category. */
  public record CategoryRuleView(
      String category,
      Map<String, Object> rule,
      @Nullable ConfigurationVersionView active,
      List<ConfigurationVersionView> upcoming) {}

  /** The rule of a key. */
  @GET
  @Path("/keys/{key}")
  @SeesSettings
  @Operation(summary = "What the values of a setting may be")
  public KeyRuleView getKeyRule(@PathParam("key") String key) {
    Setting setting = settings.setting(key, null);
    SettingView rule = ruleSetting(SettingRuleChanges.ofKey(key));
    return new KeyRuleView(
        key,
        setting.category().name(),
        setting.rule().orElse(null),
        rule == null ? null : rule.active(),
        rule == null ? List.of() : rule.upcoming());
  }

  /** The rule of a category. */
  @GET
  @Path("/categories/{category}")
  @SeesSettings
  @Operation(summary = "Who agrees to changes of a category's settings")
  public CategoryRuleView getCategoryRule(@PathParam("category") String name) {
    ConfigCategory category = SettingRuleChanges.category(name);
    SettingView rule = ruleSetting(SettingRuleChanges.ofCategory(category));
    return new CategoryRuleView(
        category.name(),
        settings.rule(category).document(),
        rule == null ? null : rule.active(),
        rule == null ? List.of() : rule.upcoming());
  }

  private @Nullable SettingView ruleSetting(String key) {
    try {
      return SettingView.of(settings.setting(key, null), temporal);
    } catch (RequestRefused.NotFound never) {
      return null;
    }
  }

  /** Another rule for a key. */
  @PUT
  @Path("/keys/{key}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(
      summary = "Asks people for another rule of a setting's values",
      description =
          "`rule` has `type` (number, string, boolean, json), `min`, `max`, `step`, `pattern`,"
              + " `allowed_values`, `json_schema`, `encrypted`, `description`. It holds as soon as it"
              + " is approved. A setting that does not exist yet needs its `category`.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = RuleBody.OfKey.class))),
      responses = {
        @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ConfigurationVersionView.class))),
        @ApiResponse(responseCode = "429")
      })
  public Response changeKeyRule(
      @PathParam("key") String key, byte[] body, @Parameter(hidden = true) @Context Caller caller) {
    Asked asked = Asked.read(body, true);
    return answer(
        changes.changeKey(
            caller.newId(), key, asked.category(), asked.rule(), asked.reason(), caller.actor()));
  }

  /** Another rule for a category. */
  @PUT
  @Path("/categories/{category}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.CONFIG_MANAGE)
  @Operation(
      summary = "Asks people for another rule of approval of a category",
      description =
          "`rule` has `slots`, each the roles of which one agrees, and `extra_slot_from`, the risk"
              + " from which on one of CEO, CFO and CTO is asked besides. Who is asked satisfies both"
              + " the old rule and the new one.",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = RuleBody.OfCategory.class))),
      responses = {
        @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ConfigurationVersionView.class))),
        @ApiResponse(responseCode = "429")
      })
  public Response changeCategoryRule(
      @PathParam("category") String name,
      byte[] body,
      @Parameter(hidden = true) @Context Caller caller) {
    Asked asked = Asked.read(body, false);
    return answer(
        changes.changeCategory(
            caller.newId(),
            SettingRuleChanges.category(name),
            asked.rule(),
            asked.reason(),
            caller.actor()));
  }

  private Response answer(Changed changed) {
    return ConfigurationChanges.answer(changed, false, temporal);
  }

  /** What is asked for: a rule, and why. */
  private record Asked(@Nullable String category, Map<String, Object> rule, String reason) {
    @SuppressWarnings("unchecked") // an object of JSON has texts as names
    static Asked read(byte[] bytes, boolean mayHaveCategory) {
      Map<String, Object> body =
          ObjectBodies.read(bytes, MediaType.APPLICATION_JSON_TYPE, "a rule");
      List<FieldError> errors = new ArrayList<>();
      Object rule = body.remove("rule");
      Object reason = body.remove("change_reason");
      Object category = mayHaveCategory ? body.remove("category") : null;
      if (!(rule instanceof Map)) {
        errors.add(
            new FieldError("/rule", rule == null ? "missing" : "type", "an object is needed here"));
      }
      if (!(reason instanceof String text) || text.isBlank() || text.length() > 1_000) {
        errors.add(
            new FieldError(
                "/change_reason",
                reason == null ? "missing" : "type",
                "say why, in 1 to 1000 characters: it is recorded and told"));
      }
      if (category != null && !(category instanceof String)) {
        errors.add(new FieldError("/category", "type", "a text is needed here"));
      }
      body.keySet()
          .forEach(
              field ->
                  errors.add(
                      new FieldError(
                          "/" + TextCheck.escaped(field),
                          "unknown",
                          mayHaveCategory
                              ? "known are rule, change_reason and category"
                              : "known are rule and change_reason")));
      if (!errors.isEmpty()) {
        throw ProblemException.invalid(errors);
      }
      return new Asked(
          (String) category,
          (Map<String, Object>) Objects.requireNonNull(rule),
          (String) Objects.requireNonNull(reason));
    }
  }
}

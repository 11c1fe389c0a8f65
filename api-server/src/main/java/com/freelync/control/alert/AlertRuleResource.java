package com.freelync.control.alert;

import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.identity.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules by which alerts are raised: read and changed. */
@Path("/admin/alert-rules")
@Produces(MediaType.APPLICATION_JSON)
public final class AlertRuleResource {
  private final AlertRules rules;

  public AlertRuleResource(AlertRules rules) {
    this.rules = rules;
  }

  /** Rules. */
  @GET
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE,
    Permission.ALERTS_MANAGE,
    Permission.CONFIG_APPROVE,
    Permission.ANALYTICS_READ
  })
  @Operation(summary = "Lists the rules of alerts, by name")
  public Page<AlertRuleView> listAlertRules(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    List<AlertRule> all = rules.list();
    return Page.ofAll(
        all,
        PageRequest.of(limit, cursor),
        rule -> all.size() - all.indexOf(rule),
        AlertRuleView::of);
  }

  /** One rule. */
  @GET
  @Path("/{name}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE,
    Permission.ALERTS_MANAGE,
    Permission.CONFIG_APPROVE,
    Permission.ANALYTICS_READ
  })
  @Operation(
      summary = "One rule of alerts",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AlertRuleView.class))))
  public Response getAlertRule(
      @PathParam("name") String name, @Parameter(hidden = true) @Context Request request) {
    AlertRule rule = rules.get(named(name));
    return EntityTags.answer(request, EntityTags.of(rule.version()), AlertRuleView.of(rule));
  }

  /** Changes a rule. */
  @PATCH
  @Path("/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.ALERTS_MANAGE)
  @Operation(
      summary = "Changes a rule of alerts: the fields that are given",
      description =
          "`threshold`, `window` and `minimum_sample` are of measured rules alone. Somebody in the"
              + " directory holds each of `roles`. An unresolved alert has the severity that its"
              + " rule had when it last occurred.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = AlertRuleView.class))))
  public Response changeAlertRule(
      @PathParam("name") String name,
      AlertRuleRequest body,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @Parameter(hidden = true) @Context Request request,
      @Parameter(hidden = true) @Context Caller caller) {
    Long expected = null;
    if (ifMatch != null) {
      long version = rules.get(named(name)).version();
      EntityTags.requireMatch(request, EntityTags.of(version));
      expected = version;
    }
    AlertRule changed = rules.change(named(name), body.change(), expected, caller.actor());
    return Response.ok(AlertRuleView.of(changed)).tag(EntityTags.of(changed.version())).build();
  }

  private static String named(String name) {
    if (!AlertRule.isName(name)) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "There is no alert rule with this name, and there cannot be one.");
    }
    return name;
  }
}

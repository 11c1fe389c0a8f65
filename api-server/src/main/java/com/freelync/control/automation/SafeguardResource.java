package com.freelync.control.automation;

import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.automation.safety.Breaker;
import com.freelync.control.automation.safety.Safeguards;
import com.freelync.control.automation.safety.Switched;
import com.freelync.control.identity.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What keeps automations within bounds: seen, and handled. */
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
public final class SafeguardResource {
  private final Safeguards safeguards;
  private final Turns turns;

  public SafeguardResource(Safeguards safeguards, Turns turns) {
    this.safeguards = safeguards;
    this.turns = turns;
  }

  /** Why a person closes a breaker. */
  public record ResetRequest(String reason) {}

  /** What a person stops or lets go on, and why; without a workflow_id all automations. */
  public record KillRequest(Boolean on, @Nullable UUID workflowId, String reason) {}

  /** The limits of all actions. */
  @GET
  @Path("/limits")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "The limits of actions and of executions: how much there may be, and is used",
      description =
          "They hold for everybody together. Each is a setting (`setting`), changed under the"
              + " settings' rules. `executions.scheduled` is each automation's, `executions.manual` each"
              + " person's: `used` is of who used most.")
  public Page<Safeguards.Limit> listLimits(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    List<Safeguards.Limit> limits = new ArrayList<>(safeguards.limits());
    limits.addAll(turns.limits());
    return page(limits, limit, cursor);
  }

  /** The circuit breakers. */
  @GET
  @Path("/breakers")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "The circuit breakers of the actions that ever failed, and of the payment gateway")
  public Page<Breaker> listBreakers(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    return page(safeguards.breakers(), limit, cursor);
  }

  /** Closes a breaker by hand. */
  @POST
  @Path("/breakers/{action}/reset")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_OPERATE)
  @Operation(
      summary = "Closes a circuit breaker by hand; what it holds up goes on within a second or so")
  public Breaker resetBreaker(
      @PathParam("action") String action,
      ResetRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return safeguards.reset(action, body.reason(), caller.actor());
  }

  /** The kill switches. */
  @GET
  @Path("/kill-switch")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "The kill switches that were ever used, and how they stand")
  public Page<Switched> listKillSwitches(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    return page(safeguards.killSwitches(), limit, cursor);
  }

  /** Stops what acts, or lets it go on. */
  @POST
  @Path("/kill-switch")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.AUTOMATION_MANAGE)
  @Operation(
      summary = "Stops one automation, or all, at once; or lets them go on",
      description =
          "Once this is answered with `on`, no step acts any more. Steps wait, and go on where they"
              + " stand when it is switched off.")
  public Switched switchKill(KillRequest body, @Parameter(hidden = true) @Context Caller caller) {
    return safeguards.kill(body.workflowId(), body.on(), body.reason(), caller.actor());
  }

  /** These lists are short, and a place in them is a number. */
  private static <T> Page<T> page(List<T> all, @Nullable String limit, @Nullable String cursor) {
    return Page.ofAll(
        all, PageRequest.of(limit, cursor), item -> all.size() - all.indexOf(item), item -> item);
  }
}

package com.freelync.control.automation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.freelync.control.api.json.JsonBodies;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.security.Requires;
import com.freelync.control.automation.Action.EntityRef;
import com.freelync.control.automation.safety.Foresight;
import com.freelync.control.event.EventIntake;
import com.freelync.control.identity.Permission;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tries automations without doing anything. */
@Path("/admin/workflows")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class DryRunResource {
  private final DryRuns dryRuns;
  private final EventIntake events;

  public DryRunResource(DryRuns dryRuns, EventIntake events) {
    this.dryRuns = dryRuns;
    this.events = events;
  }

  /** On what to try a stored automation. */
  public record DryRunRequest(@Nullable Map<String, Object> triggerData, @Nullable UUID eventId) {}

  /** What to try, and on what. */
  public record UnsavedDryRunRequest(
      Map<String, Object> definition,
      @Nullable Map<String, Object> triggerData,
      @Nullable UUID eventId) {}

  /** What would happen. */
  public record DryRunView(
      boolean matched,
      @Nullable String reason,
      List<Map<String, Object>> conditions,
      List<StepPlan> steps,
      int stepCount,
      @Nullable String outcome,
      ImpactView impact,
      List<Foresight.Foreseen> limits,
      List<DryRun.PlannedApproval> approvals) {}

  /** What would become of a step; within loops {@code item} has the numbers of their items. */
  public record StepPlan(
      String path,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String item,
      String action,
      Map<String, Object> input,
      String outcome,
      @Nullable String reason) {}

  /** What would be touched; the amount in ETB. */
  public record ImpactView(List<EntityRef> entities, BigDecimal amount, int messages) {}

  /** Tries a stored automation. */
  @POST
  @Path("/{id}/dry-run")
  @Requires({Permission.AUTOMATION_MANAGE, Permission.AUTOMATION_OPERATE})
  @Operation(summary = "Says what the automation's latest version would do; writes nothing")
  public DryRunView dryRunAutomation(@PathParam("id") String id, DryRunRequest body) {
    return view(
        dryRuns.ofStored(PathIds.read("automation", id), data(body.triggerData(), body.eventId())));
  }

  /** Tries a definition that is not stored. */
  @POST
  @Path("/dry-run")
  @Consumes({MediaType.APPLICATION_JSON, JsonBodies.YAML})
  @Requires({Permission.AUTOMATION_MANAGE, Permission.AUTOMATION_OPERATE})
  @Operation(summary = "Says what a definition that is not stored would do; writes nothing")
  public DryRunView dryRunDefinition(UnsavedDryRunRequest body) {
    Map<String, Object> data = data(body.triggerData(), body.eventId());
    try {
      return view(dryRuns.ofDocument(body.definition(), data));
    } catch (RequestRefused.Invalid invalid) {
      throw new RequestRefused.Invalid(
          invalid.errors().stream().map(DryRunResource::inTheBody).toList());
    }
  }

  /** The definition stands one level below the body that errors point into. */
  private static FieldError inTheBody(FieldError error) {
    return error.field().startsWith("/trigger_data")
        ? error
        : new FieldError("/definition" + error.field(), error.code(), error.message());
  }

  private Map<String, Object> data(@Nullable Map<String, Object> given, @Nullable UUID eventId) {
    if (given != null && eventId != null) {
      throw ProblemException.invalid(
          List.of(new FieldError("/event_id", "both", "give trigger_data or event_id, not both")));
    }
    if (eventId == null) {
      return given == null ? Map.of() : given;
    }
    return events
        .find(eventId)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    List.of(
                        new FieldError("/event_id", "unknown", "there is no event with this id"))))
        .data();
  }

  private static DryRunView view(DryRun run) {
    return new DryRunView(
        run.matched(),
        run.reason(),
        run.conditions(),
        run.steps().stream()
            .map(
                step ->
                    new StepPlan(
                        step.path(),
                        step.item(),
                        step.action(),
                        step.input(),
                        step.outcome().name().toLowerCase(Locale.ROOT),
                        step.reason()))
            .toList(),
        run.stepCount(),
        run.outcome(),
        new ImpactView(
            run.impact().entities(),
            run.impact().amount().setScale(2, RoundingMode.UNNECESSARY),
            run.impact().messages()),
        run.limits(),
        run.approvals());
  }
}

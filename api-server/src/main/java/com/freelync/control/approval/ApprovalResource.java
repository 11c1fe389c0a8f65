package com.freelync.control.approval;

import com.freelync.control.api.paging.Filters;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.database.Cursor;
import com.freelync.control.identity.Permission;
import com.freelync.control.temporal.TemporalSettings;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for people, of whatever capability. */
@Path("/admin/approvals")
@Produces(MediaType.APPLICATION_JSON)
public final class ApprovalResource {
  private final ApprovalList approvals;
  private final ApprovalDelegations delegations;
  private final TemporalSettings temporal;

  public ApprovalResource(
      ApprovalList approvals, ApprovalDelegations delegations, TemporalSettings temporal) {
    this.approvals = approvals;
    this.delegations = delegations;
    this.temporal = temporal;
  }

  /** Requests to people. */
  @GET
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE,
    Permission.CONFIG_MANAGE,
    Permission.CONFIG_APPROVE
  })
  @Operation(
      summary = "What people are asked, the newest first",
      description =
          "`mine=true`: what waits for the caller, with `why`: by which roles, in whose stead.")
  public Page<ApprovalView> listApprovals(
      @QueryParam("mine") @Nullable String mine,
      @QueryParam("status") @Nullable String status,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor,
      @Parameter(hidden = true) @Context Caller caller) {
    PageRequest page = PageRequest.of(limit, cursor);
    Filters.among("status", status, ApprovalStatus.class);
    if (mine == null || mine.equals("false")) {
      return Page.of(
          approvals.list(status, page.after(), page.rows()),
          page,
          approval -> new Cursor(approval.requestedAt(), approval.id()),
          approval -> ApprovalView.of(approval, null, temporal));
    }
    if (!mine.equals("true")) {
      throw ProblemException.malformed("mine", "value", "mine is true or false");
    }
    if (status != null && !status.equals("WAITING")) {
      return new Page<>(List.of(), null);
    }
    return Page.of(
        approvals.waitingFor(DecisionRequest.approver(caller), page.after(), page.rows()),
        page,
        waiting -> new Cursor(waiting.approval().requestedAt(), waiting.approval().id()),
        waiting -> ApprovalView.of(waiting.approval(), waiting.by(), temporal));
  }

  /** One request. */
  @GET
  @Path("/{id}")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE,
    Permission.CONFIG_MANAGE,
    Permission.CONFIG_APPROVE
  })
  @Operation(summary = "One question to people, and what they said")
  public ApprovalView getApproval(@PathParam("id") String id) {
    return ApprovalView.of(approvals.get(PathIds.read("approval", id)), null, temporal);
  }

  /**
   * To whom a request is handed.
   *
   * @param to the subject of a person in the directory
   * @param reason why, at most 1,000 characters
   */
  public record DelegateRequest(String to, String reason) {}

  /** Hands one request to somebody by name. */
  @POST
  @Path("/{id}/delegate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires({Permission.AUTOMATION_APPROVE, Permission.CONFIG_APPROVE})
  @Operation(
      summary = "Hands one question to somebody by name, who decides it in your stead",
      description =
          "Only who may decide it in person can, to one person at a time: naming another takes it"
              + " from the first. You still may decide, and the two of you count as one person.")
  public ApprovalView delegateApproval(
      @PathParam("id") String id,
      DelegateRequest body,
      @Parameter(hidden = true) @Context Caller caller) {
    return ApprovalView.of(
        delegations.delegate(
            PathIds.read("approval", id),
            body.to(),
            body.reason(),
            DecisionRequest.approver(caller)),
        null,
        temporal);
  }

  /** Takes back what the caller handed to somebody. */
  @POST
  @Path("/{id}/take-back")
  @Requires({Permission.AUTOMATION_APPROVE, Permission.CONFIG_APPROVE})
  @Operation(summary = "Takes back a question that you handed to somebody")
  public ApprovalView takeBackApproval(
      @PathParam("id") String id, @Parameter(hidden = true) @Context Caller caller) {
    return ApprovalView.of(
        delegations.takeBack(PathIds.read("approval", id), DecisionRequest.approver(caller)),
        null,
        temporal);
  }
}

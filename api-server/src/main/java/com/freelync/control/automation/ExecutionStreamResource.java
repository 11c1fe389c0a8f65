package com.freelync.control.automation;

import com.freelync.control.api.paging.PathIds;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.api.stream.StreamReaders;
import com.freelync.control.identity.Permission;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Executions, followed live. */
@Path("/admin/executions")
public final class ExecutionStreamResource {
  private final ExecutionStream stream;

  public ExecutionStreamResource(ExecutionStream stream) {
    this.stream = stream;
  }

  /** The stream of one execution. */
  @GET
  @Path("/{id}/stream")
  @Produces(StreamReaders.TYPE)
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(
      summary = "One execution as it is, then each change until it has ended (SSE)",
      description =
          "`execution` holds what GET /admin/executions/{id} answers; then `step`, `wait` and"
              + " `status` hold what changed, and `end` is the last one. With `Last-Event-ID` of the"
              + " present state nothing is repeated. A comment every 15 seconds. It ends with the"
              + " token, too: come again with another one.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(mediaType = StreamReaders.TYPE, schema = @Schema(type = "string"))))
  public Response streamExecution(
      @PathParam("id") String id,
      @HeaderParam("Last-Event-ID") @Nullable String last,
      @Parameter(hidden = true) @Context Caller caller) {
    return stream.serve(PathIds.read("execution", id), caller.until(), place(last));
  }

  private static long place(@Nullable String last) {
    if (last == null) {
      return -1;
    }
    if (!last.matches("[0-9]{1,19}")
        || last.compareTo("9223372036854775807") > 0 && last.length() == 19) {
      throw ProblemException.malformed(
          "Last-Event-ID", "number", "Last-Event-ID is the id of an event of this stream");
    }
    return Long.parseLong(last);
  }
}

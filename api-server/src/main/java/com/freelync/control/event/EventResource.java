package com.freelync.control.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.freelync.control.api.json.JsonBodies;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.request.Caller;
import com.freelync.control.api.security.Requires;
import com.freelync.control.identity.Permission;
import com.freelync.control.problem.FieldError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes CloudEvents, one or many. */
@Path("/events")
@Produces(MediaType.APPLICATION_JSON)
public final class EventResource {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final int LARGEST_BATCH = 1_000;

  private final EventIntake intake;
  private final ObjectMapper json;
  private final JsonBodies bodies;

  public EventResource(EventIntake intake, ObjectMapper json) {
    this.intake = intake;
    this.json = json;
    this.bodies = new JsonBodies(json);
  }

  /** What became of the events. */
  public record Receipt(int accepted, int duplicates, List<EventIntake.Rejected> rejected) {}

  /** One event, as its own document. */
  @POST
  @Consumes(STRUCTURED)
  @Requires(Permission.EVENTS_PUBLISH)
  @Operation(
      summary = "Takes CloudEvents 1.0: structured, binary or batch",
      description =
          "Each event is handled once, however often its source and id are sent. One that says"
              + " something else than the stored one of its source and id is rejected with the code"
              + " `conflict`.",
      requestBody =
          @RequestBody(
              required = true,
              content = {
                @Content(mediaType = STRUCTURED),
                @Content(mediaType = BATCH),
                @Content(mediaType = MediaType.APPLICATION_JSON)
              }),
      responses =
          @ApiResponse(
              responseCode = "202",
              content = @Content(schema = @Schema(implementation = Receipt.class))))
  public Response publishEvents(byte[] body, @Parameter(hidden = true) @Context Caller caller) {
    return one(bodies.read(body), caller);
  }

  /** One event, whose attributes are headers. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Requires(Permission.EVENTS_PUBLISH)
  @Operation(hidden = true)
  public Response publishBinary(
      byte[] body,
      @Parameter(hidden = true) @Context HttpHeaders headers,
      @Parameter(hidden = true) @Context Caller caller) {
    ObjectNode event = json.createObjectNode();
    headers
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String attribute = name.toLowerCase(Locale.ROOT);
              if (attribute.startsWith("ce-")) {
                event.put(attribute.substring("ce-".length()), values.get(0));
              }
            });
    JsonNode data = bodies.read(body);
    if (!data.isMissingNode()) {
      event.set("data", data);
    }
    return one(event, caller);
  }

  /** Many events at once. */
  @POST
  @Consumes(BATCH)
  @Requires(Permission.EVENTS_PUBLISH)
  @Operation(hidden = true)
  public Response publishBatch(byte[] body, @Parameter(hidden = true) @Context Caller caller) {
    JsonNode batch = bodies.read(body);
    if (!batch.isArray()) {
      throw ProblemException.invalid(
          List.of(new FieldError("", "type", "a batch is a list of events")));
    }
    if (batch.size() > LARGEST_BATCH) {
      throw ProblemException.invalid(
          List.of(
              new FieldError("", "too_many", "a batch has at most " + LARGEST_BATCH + " events")));
    }
    return Response.accepted(accept(batch, caller)).build();
  }

  private Receipt accept(JsonNode batch, Caller caller) {
    List<EventIntake.Rejected> rejected = new ArrayList<>();
    List<PlatformEvent> events = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      EventReader.Reading reading = EventReader.read(batch.get(i));
      @Nullable PlatformEvent event = reading.event();
      if (event == null) {
        rejected.add(new EventIntake.Rejected(i, reading.errors()));
      } else {
        events.add(event);
        places.add(i);
      }
    }
    EventIntake.Receipt receipt = intake.accept(events, caller.actor());
    receipt
        .rejected()
        .forEach(
            bad -> rejected.add(new EventIntake.Rejected(places.get(bad.index()), bad.errors())));
    rejected.sort((a, b) -> Integer.compare(a.index(), b.index()));
    return new Receipt(receipt.accepted(), receipt.duplicates(), rejected);
  }

  private Response one(JsonNode event, Caller caller) {
    Receipt receipt = accept(json.createArrayNode().add(event), caller);
    if (!receipt.rejected().isEmpty()) {
      throw ProblemException.invalid(receipt.rejected().get(0).errors());
    }
    return Response.accepted(receipt).build();
  }
}

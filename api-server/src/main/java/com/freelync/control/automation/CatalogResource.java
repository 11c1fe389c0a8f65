package com.freelync.control.automation;

import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.api.security.Requires;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.identity.Permission;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a definition may speak of. */
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
public final class CatalogResource {
  private final ActionCatalog catalog;

  public CatalogResource(ActionCatalog catalog) {
    this.catalog = catalog;
  }

  /** An action; unavailable says why no automation with it may become active yet. */
  public record ActionView(
      String name,
      String summary,
      boolean movesMoney,
      String effect,
      @Nullable String undo,
      String idempotency,
      LimitsView limits,
      @Nullable String unavailable,
      List<InputView> inputs,
      List<OutputView> outputs) {}

  /** One of its inputs; choices are the values it may have, empty if any of its type. */
  public record InputView(
      String name, String type, boolean required, String meaning, List<String> choices) {}

  /** A field of its result. */
  public record OutputView(String name, String type) {}

  /** How much of it there may be unless settings say otherwise; null is no limit. */
  public record LimitsView(
      @Nullable Integer maxPerHour,
      @Nullable Integer maxPerDay,
      @Nullable BigDecimal maxTotalAmount) {}

  /** An event type with the facts of its entity. */
  public record EventTypeView(
      String type, String meaning, String entity, String idField, Map<String, String> facts) {}

  /** All actions. */
  @GET
  @Path("/actions")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "Every action with its inputs and outputs")
  public Page<ActionView> listActions(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    return page(catalog.all().stream().map(CatalogResource::view).toList(), limit, cursor);
  }

  /** All event types. */
  @GET
  @Path("/event-types")
  @Requires({
    Permission.AUTOMATION_OPERATE,
    Permission.AUTOMATION_MANAGE,
    Permission.AUTOMATION_APPROVE
  })
  @Operation(summary = "Every event type with the facts that conditions may use")
  public Page<EventTypeView> listEventTypes(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    return page(
        catalog.entities().describe().stream()
            .map(
                type ->
                    new EventTypeView(
                        type.type(),
                        type.meaning(),
                        type.entity(),
                        type.idField(),
                        words(type.facts())))
            .toList(),
        limit,
        cursor);
  }

  /** A catalog changes only with a release, so that a place in it is its number. */
  private static <T> Page<T> page(List<T> all, @Nullable String limit, @Nullable String cursor) {
    return Page.ofAll(
        all, PageRequest.of(limit, cursor), item -> all.size() - all.indexOf(item), item -> item);
  }

  private static ActionView view(Action action) {
    Vocabulary.ActionSignature signature = action.signature();
    return new ActionView(
        signature.name(),
        action.summary(),
        signature.movesMoney(),
        action.traits().effect(),
        action.traits().undo(),
        action.traits().idempotency(),
        new LimitsView(
            action.traits().limits().maxPerHour(),
            action.traits().limits().maxPerDay(),
            action.traits().limits().maxTotalAmount()),
        action.unavailable().orElse(null),
        signature.inputs().stream()
            .map(
                input ->
                    new InputView(
                        input.name(),
                        word(input.type()),
                        input.required(),
                        input.meaning(),
                        input.choices()))
            .toList(),
        signature.outputs().stream()
            .map(output -> new OutputView(output.name(), word(output.type())))
            .toList());
  }

  private static Map<String, String> words(Map<String, FactType> facts) {
    Map<String, String> words = new TreeMap<>();
    facts.forEach((name, type) -> words.put(name, word(type)));
    return words;
  }

  private static String word(FactType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}

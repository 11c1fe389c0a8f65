package com.freelync.control.maintenance;

import com.freelync.control.audit.Actor;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.database.Transaction;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Begins a maintenance at once. */
public final class EnterMaintenance implements Action.Transactional {
  private static final String AWAY =
      "enter_maintenance needs the maintenance mode, which this control center does not have yet:"
          + " keep the automation as a DRAFT";

  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "enter_maintenance",
          List.of(
              new InputField(
                  "type",
                  FactType.TEXT,
                  true,
                  "How much is unavailable.",
                  Arrays.stream(MaintenanceType.values()).map(Enum::name).toList()),
              new InputField("message", FactType.TEXT, true, "What users are told."),
              new InputField(
                  "features", FactType.LIST, false, "What is off, for FEATURE_SPECIFIC."),
              new InputField(
                  "estimated", FactType.TEXT, false, "How long it will take, such as PT30M.")),
          List.of(
              new OutputField("maintenance_id", FactType.TEXT),
              new OutputField("type", FactType.TEXT),
              new OutputField("already", FactType.BOOLEAN)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "The maintenance is in force, and every connected client is told.",
          "End the maintenance.",
          "The maintenance's id is made of the execution and the step: asking again finds it.",
          ActionLimits.NONE);

  private final @Nullable MaintenanceModes modes;

  /**
   * Over what begins maintenance.
   *
   * @param modes null where this control center has none
   */
  public EnterMaintenance(@Nullable MaintenanceModes modes) {
    this.modes = modes;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Begins a maintenance, in which the platform is available in part or not at all.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Optional<String> unavailable() {
    return modes == null ? Optional.of(AWAY) : Optional.empty();
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    MaintenancePlan plan = plan(request);
    Optional<UUID> active = modes().active(handle);
    if (active.isPresent()) {
      return Estimate.refused("The maintenance " + active.get() + " is in force already.");
    }
    return new Estimate(
        output(plan, false),
        List.of(new EntityRef("maintenance", plan.id().toString())),
        BigDecimal.ZERO,
        0,
        "Users would be told: " + plan.message());
  }

  @Override
  public Result perform(Transaction transaction, Request request) {
    MaintenancePlan plan = plan(request);
    Optional<UUID> active = modes().active(transaction.handle());
    if (active.isPresent() && !active.get().equals(plan.id())) {
      throw new ActionRefused(
          "maintenance", "The maintenance " + active.get() + " is in force already.");
    }
    boolean isNew =
        modes()
            .enter(transaction, plan, new Actor(request.run().actor(), request.run().requestId()));
    return isNew
        ? Result.done(
            output(plan, false), List.of(new EntityRef("maintenance", plan.id().toString())))
        : Result.already(output(plan, true));
  }

  private MaintenanceModes modes() {
    if (modes == null) {
      throw new ActionRefused("unavailable", AWAY);
    }
    return modes;
  }

  private static MaintenancePlan plan(Request request) {
    String name = request.required("type").toString();
    MaintenanceType type =
        Arrays.stream(MaintenanceType.values())
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new ActionRefused("type", name + " is no type of maintenance"));
    List<String> features =
        request.input().get("features") instanceof List<?> named
            ? named.stream().map(Objects::toString).toList()
            : List.of();
    if ((type == MaintenanceType.FEATURE_SPECIFIC) == features.isEmpty()) {
      throw new ActionRefused(
          "features", "FEATURE_SPECIFIC names the features that are off, and no other type does");
    }
    return new MaintenancePlan(
        request.id(),
        type,
        request.required("message").toString(),
        features,
        estimated(request.text("estimated")));
  }

  private static @Nullable Duration estimated(@Nullable String text) {
    try {
      return text == null ? null : Duration.parse(text);
    } catch (DateTimeException e) {
      throw new ActionRefused("estimated", text + " is no duration such as PT30M");
    }
  }

  private static Map<String, Object> output(MaintenancePlan plan, boolean already) {
    return Map.of(
        "maintenance_id", plan.id().toString(), "type", plan.type().name(), "already", already);
  }
}

package com.freelync.control.flag;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Switches a feature on or off, for all or for some. */
public final class SetFeatureFlag implements Action.Transactional {
  private static final String AWAY =
      "set_feature_flag needs feature flags, which this control center does not have yet: keep the"
          + " automation as a DRAFT";

  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "set_feature_flag",
          List.of(
              new InputField("key", FactType.TEXT, true, "The feature."),
              new InputField(
                  "status",
                  FactType.TEXT,
                  true,
                  "For whom it is on.",
                  Arrays.stream(FeatureFlagStatus.values()).map(Enum::name).toList()),
              new InputField(
                  "percentage",
                  FactType.NUMBER,
                  false,
                  "The share of users, 0 to 100, for ENABLED_FOR_PERCENTAGE."),
              new InputField("reason", FactType.TEXT, false, "Why, for its history.")),
          List.of(
              new OutputField("key", FactType.TEXT),
              new OutputField("status", FactType.TEXT),
              new OutputField("already", FactType.BOOLEAN)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "The feature is on for whom the status says.",
          "Set it to what it was before, which its history tells.",
          "A feature that is so already stays as it is.",
          ActionLimits.NONE);

  private final @Nullable FeatureFlags flags;

  /**
   * Over what switches features.
   *
   * @param flags null where this control center has none
   */
  public SetFeatureFlag(@Nullable FeatureFlags flags) {
    this.flags = flags;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Switches a feature on or off.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Optional<String> unavailable() {
    return flags == null ? Optional.of(AWAY) : Optional.empty();
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    FlagChange change = change(request);
    FeatureFlags switches = flags();
    EntityRef feature = new EntityRef("feature", change.key());
    Optional<String> now =
        foreseen
            .state(feature)
            .or(() -> switches.status(handle, change.key()).map(FeatureFlagStatus::name));
    if (now.isEmpty()) {
      return Estimate.refused("There is no feature " + change.key() + ".");
    }
    if (now.get().equals(change.status().name()) && change.percentage() == null) {
      return Estimate.already(output(change, true), "The feature is " + now.get() + " already.");
    }
    foreseen.becomes(feature, change.status().name());
    return new Estimate(output(change, false), List.of(feature), BigDecimal.ZERO, 0, null);
  }

  @Override
  public Result perform(Transaction transaction, Request request) {
    FlagChange change = change(request);
    FeatureFlags switches = flags();
    if (switches.status(transaction.handle(), change.key()).isEmpty()) {
      throw new ActionRefused("unknown_feature", "There is no feature " + change.key() + ".");
    }
    boolean isNew =
        switches.change(
            transaction, change, new Actor(request.run().actor(), request.run().requestId()));
    return isNew
        ? Result.done(output(change, false), List.of(new EntityRef("feature", change.key())))
        : Result.already(output(change, true));
  }

  private FeatureFlags flags() {
    if (flags == null) {
      throw new ActionRefused("unavailable", AWAY);
    }
    return flags;
  }

  private static FlagChange change(Request request) {
    String name = request.required("status").toString();
    FeatureFlagStatus status =
        Arrays.stream(FeatureFlagStatus.values())
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new ActionRefused("status", name + " is no status of a feature"));
    return new FlagChange(
        request.required("key").toString(),
        status,
        percentage(status, request.input().get("percentage")),
        Objects.requireNonNullElse(request.text("reason"), "Asked for by an automation."));
  }

  private static @Nullable Integer percentage(FeatureFlagStatus status, @Nullable Object given) {
    if (status != FeatureFlagStatus.ENABLED_FOR_PERCENTAGE) {
      return null;
    }
    if (!(given instanceof BigDecimal share)
        || share.signum() < 0
        || share.compareTo(BigDecimal.valueOf(100)) > 0
        || share.stripTrailingZeros().scale() > 0) {
      throw new ActionRefused(
          "percentage", "ENABLED_FOR_PERCENTAGE needs a percentage, a whole number from 0 to 100");
    }
    return share.intValueExact();
  }

  private static Map<String, Object> output(FlagChange change, boolean already) {
    return Map.of("key", change.key(), "status", change.status().name(), "already", already);
  }
}

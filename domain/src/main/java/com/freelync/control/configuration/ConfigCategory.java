package com.freelync.control.configuration;

import com.freelync.control.approval.Slot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a setting is about; its rule of approval belongs to it. */
public enum ConfigCategory {
  COMMISSION(new CategoryRule(List.of(Slot.of("CEO", "CFO")), RiskLevel.CRITICAL)),
  PAYMENT_GATEWAY(new CategoryRule(List.of(Slot.of("CTO"), Slot.of("CFO")), null)),
  FEATURE_FLAG(new CategoryRule(List.of(), null)),
  SYSTEM(new CategoryRule(List.of(Slot.of("CTO")), RiskLevel.HIGH)),
  INTEGRATION(new CategoryRule(List.of(Slot.of("CTO")), RiskLevel.HIGH)),
  SECURITY(new CategoryRule(List.of(Slot.of("CTO")), RiskLevel.HIGH));

  private final CategoryRule usual;

  ConfigCategory(CategoryRule usual) {
    this.usual = usual;
  }

  /** Its rule until people agree on another. */
  public CategoryRule usualRule() {
    return usual;
  }

  /** The least risk of a change of it. */
  RiskLevel leastRisk() {
    return switch (this) {
      case COMMISSION, PAYMENT_GATEWAY, SECURITY -> RiskLevel.HIGH;
      case FEATURE_FLAG, SYSTEM, INTEGRATION -> RiskLevel.LOW;
    };
  }

  /** The category of this name, in capitals or not. */
  public static Optional<ConfigCategory> named(String name) {
    return Arrays.stream(values())
        .filter(category -> category.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  /** Every name. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Enum::name).toList();
  }
}

package com.freelync.control.automation;

import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Documents of definitions of every construct, nested, all of whose actions can succeed: of a
 * payout that waits, and of texts, a list and a flag in the trigger's data.
 */
public final class SureDefinitions {
  private static final List<String> ACTIONS =
      List.of(
          "send_notification",
          "query_expiring_documents",
          "send_expiry_notifications",
          "update_expired_status",
          "calculate_metrics",
          "take_snapshot",
          "reject_payout");

  private final Random random;
  private final Vocabulary vocabulary;
  private final RandomInputs inputs;

  /** Definitions of what a vocabulary has. */
  public SureDefinitions(Random random, Vocabulary vocabulary) {
    this.random = random;
    this.vocabulary = vocabulary;
    this.inputs = new RandomInputs(random);
  }

  /** The data of a trigger with which they run. */
  public static Map<String, Object> data(UUID payout) {
    return Map.of(
        "payout_id", payout.toString(),
        "note", "a note",
        "things", List.of("a", "b", "c"),
        "more", Map.of("deep", List.of("x", Map.of("y", "zz"))));
  }

  /** The next one. */
  public Map<String, Object> next() {
    Seen seen = new Seen(List.of());
    seen.add("amount", FactType.NUMBER);
    seen.add("status", FactType.TEXT);
    seen.add("seller.verified", FactType.BOOLEAN);
    seen.add("trigger.note", FactType.TEXT);
    seen.add("trigger.more.deep.1.y", FactType.TEXT);
    seen.add("trigger.more", FactType.ANY);
    seen.add("trigger.things", FactType.LIST);
    List<ActionSignature> actions =
        ACTIONS.stream()
            .flatMap(name -> vocabulary.action(name).stream())
            .filter(Predicate.not(ActionSignature::movesMoney))
            .toList();
    RandomSteps steps =
        new RandomSteps(
            random,
            new RandomConditions(random),
            actions,
            (action, known) -> inputs(action.name(), known),
            List.of("CFO"));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", "Sure " + random.nextInt(1_000_000));
    document.put("trigger", "event: payout.requested");
    document.put("steps", steps.next(seen));
    return document;
  }

  private Map<String, Object> inputs(String action, Seen seen) {
    return switch (action) {
      case "send_notification" ->
          Map.of(
              "to", random.nextBoolean() ? "cfo" : List.of("CFO", "devops"),
              "subject", inputs.text(seen).replace('\n', ' '),
              "text", inputs.text(seen));
      case "query_expiring_documents" -> Map.of("limit", 1 + random.nextInt(3));
      case "calculate_metrics" -> Map.of("period", random.nextBoolean() ? "DAILY" : "MONTHLY");
      case "reject_payout" -> Map.of("reason", inputs.text(seen));
      default -> Map.of();
    };
  }
}

package com.freelync.control.automation.backtest;

import com.freelync.control.database.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest found; all amounts in ETB.
 *
 * @param first what the definition would have done
 * @param second what the other one would have done; null if it is tried alone
 * @param comparison where the two differ; null if it is tried alone
 */
public record Report(Findings first, @Nullable Findings second, @Nullable Comparison comparison) {

  /**
   * What one definition would have done.
   *
   * @param undecided on how many events its conditions could not be decided
   * @param asked on how many it would have asked people
   * @param heldUp how many calls would have found a limit full
   * @param fullWindows the windows that would have been full, the first ones
   */
  public record Findings(
      long events,
      long matched,
      long undecided,
      long asked,
      BigDecimal amount,
      long messages,
      List<Deed> actions,
      long heldUp,
      List<FullWindow> fullWindows,
      Agreement agreement,
      LeftToPeople leftToPeople,
      List<Disagreement> disagreements) {}

  /** How often an action would have been called, and what would have become of it. */
  public record Deed(
      String action,
      long done,
      long refused,
      long skipped,
      long failed,
      long waiting,
      BigDecimal amount) {}

  /**
   * A window in which a limit would have been full.
   *
   * @param fullAt the event that found it full first
   * @param heldUp how many calls found it full
   */
  public record FullWindow(
      String action,
      String window,
      String measure,
      BigDecimal limit,
      Instant startsAt,
      Instant fullAt,
      long heldUp,
      BigDecimal amount) {}

  /** What it would have decided beside what people decided. */
  public record Agreement(
      long bothApproved,
      long bothRejected,
      long approvedAgainstPeople,
      long rejectedAgainstPeople,
      long notDecidedByPeople) {}

  /** What it would have left to people, and what they decided. */
  public record LeftToPeople(long approved, long rejected, long notDecided) {}

  /** An event that it would have decided as people did not. */
  public record Disagreement(
      String kind,
      UUID entityId,
      Instant at,
      @Nullable BigDecimal amount,
      String decidedBy,
      Instant decidedAt,
      @Nullable String reason,
      List<Map<String, Object>> conditions) {}

  /** On how many events two definitions would have done different things, and on which. */
  public record Comparison(long different, List<Difference> examples) {}

  /** An event on which they would have; each in a word, and with its amount. */
  public record Difference(
      UUID entityId,
      Instant at,
      String first,
      BigDecimal firstAmount,
      String second,
      BigDecimal secondAmount) {}

  /** What a backtest found up to now. */
  public static Report of(BacktestRow row) {
    Map<String, Object> state = Json.readObject(row.stateJson());
    return new Report(
        findings(Kept.map(state.get("first"))),
        row.otherJson() == null ? null : findings(Kept.map(state.get("second"))),
        row.otherJson() == null ? null : comparison(state));
  }

  private static Findings findings(Map<String, Object> replay) {
    Map<String, Object> tally = Kept.map(replay.get("tally"));
    Counts counts = new Counts(Kept.map(tally.get("counts")));
    return new Findings(
        counts.of(Tally.EVENTS),
        counts.of(Tally.MATCHED),
        counts.of(Tally.UNDECIDED),
        counts.of(Tally.ASKED),
        counts.amount(Tally.AMOUNT),
        counts.of(Tally.MESSAGES),
        counts.deeds(),
        counts.of(Tally.HELD_UP),
        new ArrayList<>(Kept.map(tally.get("windows")).values())
            .stream().map(Kept::map).map(Report::window).toList(),
        new Agreement(
            counts.of("agreement.both_approved"),
            counts.of("agreement.both_rejected"),
            counts.of("agreement.approved_against_people"),
            counts.of("agreement.rejected_against_people"),
            counts.of("agreement.not_decided_by_people")),
        new LeftToPeople(
            counts.of("left.approved"), counts.of("left.rejected"), counts.of("left.not_decided")),
        Kept.list(tally.get("examples")).stream().map(Report::disagreement).toList());
  }

  private static FullWindow window(Map<String, Object> kept) {
    return new FullWindow(
        text(kept, "action"),
        text(kept, "window"),
        text(kept, "measure"),
        amount(kept, "limit"),
        Instant.parse(text(kept, "starts_at")),
        Instant.parse(text(kept, "full_at")),
        amount(kept, "held_up").longValueExact(),
        amount(kept, "amount"));
  }

  private static Disagreement disagreement(Map<String, Object> kept) {
    return new Disagreement(
        text(kept, "kind"),
        UUID.fromString(text(kept, "entity_id")),
        Instant.parse(text(kept, "at")),
        kept.get("amount") == null ? null : amount(kept, "amount"),
        text(kept, "decided_by"),
        Instant.parse(text(kept, "decided_at")),
        kept.get("reason") == null ? null : text(kept, "reason"),
        Kept.list(kept.get("conditions")));
  }

  private static Comparison comparison(Map<String, Object> state) {
    return new Comparison(
        state.get("different") == null ? 0 : amount(state, "different").longValueExact(),
        Kept.list(state.get("differences")).stream()
            .map(
                kept ->
                    new Difference(
                        UUID.fromString(text(kept, "entity_id")),
                        Instant.parse(text(kept, "at")),
                        text(kept, "first"),
                        amount(kept, "first_amount"),
                        text(kept, "second"),
                        amount(kept, "second_amount")))
            .toList());
  }

  private static String text(Map<String, Object> kept, String field) {
    return String.valueOf(kept.get(field));
  }

  private static BigDecimal amount(Map<String, Object> kept, String field) {
    return new BigDecimal(text(kept, field));
  }

  /** Counts by their dotted names. */
  private record Counts(Map<String, Object> kept) {
    BigDecimal amount(String key) {
      return new BigDecimal(kept.getOrDefault(key, "0").toString());
    }

    long of(String key) {
      return amount(key).longValueExact();
    }

    List<Deed> deeds() {
      TreeMap<String, Deed> deeds = new TreeMap<>();
      for (String key : kept.keySet()) {
        String[] words = key.split("\\.", -1);
        if (words.length == 3 && words[0].equals(Tally.ACTIONS)) {
          deeds.computeIfAbsent(words[1], this::deed);
        }
      }
      return List.copyOf(deeds.values());
    }

    private Deed deed(String action) {
      String key = Tally.ACTIONS + "." + action + ".";
      return new Deed(
          action,
          of(key + "done"),
          of(key + "refused"),
          of(key + "skipped"),
          of(key + "failed"),
          of(key + "waiting"),
          amount(key + "amount"));
    }
  }
}

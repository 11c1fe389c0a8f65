package com.freelync.control.automation.backtest;

import com.freelync.control.automation.Findings;
import com.freelync.control.automation.backtest.Deeds.End;
import com.freelync.control.condition.Judgement;
import com.freelync.control.event.PastEvents.Decided;
import com.freelync.control.event.PastEvents.PastEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a definition would have done in a period, counted event by event. */
final class Tally {
  /** So many events of each kind of disagreement are shown. */
  static final int MOST_EXAMPLES = 10;

  /** So many full windows are shown, the first ones; all of them are counted. */
  static final int MOST_WINDOWS = 200;

  static final String EVENTS = "events";
  static final String MATCHED = "matched";
  static final String UNDECIDED = "undecided";
  static final String AMOUNT = "amount";
  static final String MESSAGES = "messages";
  static final String ASKED = "asked";
  static final String HELD_UP = "held_up";
  static final String ACTIONS = "actions";

  private final TreeMap<String, BigDecimal> counts = new TreeMap<>();
  private final LinkedHashMap<String, Map<String, Object>> windows = new LinkedHashMap<>();
  private final List<Map<String, Object>> examples = new ArrayList<>();

  void event() {
    count(EVENTS);
  }

  void undecided() {
    count(UNDECIDED);
  }

  /** An event on which the definition would have acted. */
  void matched(PastEvent event, Judgement judgement, Deeds deeds) {
    count(MATCHED);
    for (Deeds.Deed deed : deeds.all) {
      String key = ACTIONS + "." + deed.action() + ".";
      count(key + deed.end().name().toLowerCase(Locale.ROOT));
      if (deed.end() == End.DONE) {
        add(key + AMOUNT, deed.amount());
        add(AMOUNT, deed.amount());
        add(MESSAGES, BigDecimal.valueOf(deed.messages()));
      }
    }
    if (deeds.asked) {
      count(ASKED);
    }
    deeds.heldUp.forEach(held -> heldUp(event, held));
    agreement(event, judgement, deeds);
  }

  /** An event that it would have left alone. */
  void left(PastEvent event) {
    leftToPeople(event.decided());
  }

  private void heldUp(PastEvent event, Deeds.HeldUp held) {
    count(HELD_UP);
    String key = held.action() + " " + held.measure() + " " + held.window();
    Map<String, Object> window = windows.get(key);
    if (window == null) {
      count("full_windows");
      if (windows.size() >= MOST_WINDOWS) {
        return;
      }
      window = new LinkedHashMap<>();
      window.put("action", held.action());
      window.put("window", held.measure().window());
      window.put("measure", held.measure().measure());
      window.put("limit", held.limit());
      window.put("starts_at", held.window().toString());
      window.put("full_at", event.at().toString());
      window.put("held_up", BigDecimal.ZERO);
      window.put("amount", BigDecimal.ZERO);
      windows.put(key, window);
    }
    window.merge("held_up", BigDecimal.ONE, (one, other) -> sum(one, other));
    window.merge("amount", held.amount(), (one, other) -> sum(one, other));
  }

  private static BigDecimal sum(Object one, Object other) {
    return new BigDecimal(one.toString()).add(new BigDecimal(other.toString()));
  }

  /** Where people were asked, or nothing was decided, there is nothing to agree with. */
  private void agreement(PastEvent event, Judgement judgement, Deeds deeds) {
    Decided decided = event.decided();
    if (deeds.approves == null || deeds.asked) {
      leftToPeople(decided);
    } else if (decided == null) {
      count("agreement.not_decided_by_people");
    } else if (deeds.approves == decided.isApproved()) {
      count(decided.isApproved() ? "agreement.both_approved" : "agreement.both_rejected");
    } else {
      String kind = deeds.approves ? "approved_against_people" : "rejected_against_people";
      if (count("agreement." + kind).intValue() <= MOST_EXAMPLES) {
        examples.add(example(event, decided, judgement, kind));
      }
    }
  }

  private void leftToPeople(@Nullable Decided decided) {
    count(
        decided == null
            ? "left.not_decided"
            : decided.isApproved() ? "left.approved" : "left.rejected");
  }

  private static Map<String, Object> example(
      PastEvent event, Decided decided, Judgement judgement, String kind) {
    Map<String, Object> example = new LinkedHashMap<>();
    example.put("kind", kind);
    example.put("entity_id", event.entityId().toString());
    example.put("at", event.at().toString());
    example.put("amount", event.facts().get("amount"));
    example.put("decided_by", decided.by());
    example.put("decided_at", decided.at().toString());
    example.put("reason", decided.reason());
    example.put("conditions", Findings.of(judgement));
    return example;
  }

  private BigDecimal count(String key) {
    return add(key, BigDecimal.ONE);
  }

  private BigDecimal add(String key, BigDecimal amount) {
    return counts.merge(key, amount, BigDecimal::add);
  }

  /** As it is kept between two parts of the work, and read when it is shown. */
  Map<String, Object> kept() {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("counts", counts);
    kept.put("windows", windows);
    kept.put("examples", examples);
    return kept;
  }

  static Tally of(Map<String, Object> kept) {
    Tally tally = new Tally();
    Kept.map(kept.get("counts"))
        .forEach((key, count) -> tally.counts.put(key, new BigDecimal(count.toString())));
    Kept.map(kept.get("windows"))
        .forEach((key, window) -> tally.windows.put(key, new LinkedHashMap<>(Kept.map(window))));
    tally.examples.addAll(Kept.list(kept.get("examples")));
    return tally;
  }
}

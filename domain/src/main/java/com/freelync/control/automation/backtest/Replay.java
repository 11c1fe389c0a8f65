package com.freelync.control.automation.backtest;

import com.freelync.control.automation.ActionCatalog;
import com.freelync.control.automation.Scope;
import com.freelync.control.condition.Judge;
import com.freelync.control.condition.Judgement;
import com.freelync.control.event.PastEvents.PastEvent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** One definition on the past, event by event. */
final class Replay {
  private final ActionCatalog catalog;
  private final Tried tried;
  private final PastLimits limits;
  private final Tally tally;

  Replay(ActionCatalog catalog, Tried tried, Map<String, Object> kept) {
    this.catalog = catalog;
    this.tried = tried;
    this.limits = PastLimits.of(Kept.map(kept.get("limits")));
    this.tally = Tally.of(Kept.map(kept.get("tally")));
  }

  /** What it would have done, in a word, and with how much ETB. */
  record Verdict(String word, BigDecimal amount) {
    boolean differs(Verdict other) {
      return !word.equals(other.word) || amount.compareTo(other.amount) != 0;
    }
  }

  Verdict on(PastEvent event) {
    tally.event();
    limits.forgetBefore(event.at());
    Judgement judgement =
        Judge.judge(tried.definition().conditions(), new Scope(event.facts(), event.data()));
    return switch (judgement.truth()) {
      case FAILS -> {
        tally.left(event);
        yield new Verdict("nothing", BigDecimal.ZERO);
      }
      case UNDECIDED -> {
        tally.undecided();
        tally.left(event);
        yield new Verdict("undecided", BigDecimal.ZERO);
      }
      case HOLDS -> {
        HindsightEffects effects = new HindsightEffects(catalog, tried, event, limits);
        effects.run();
        tally.matched(event, judgement, effects.deeds());
        yield verdict(effects.deeds());
      }
    };
  }

  private static Verdict verdict(Deeds deeds) {
    String word =
        deeds.asked
            ? "asks"
            : deeds.approves == null ? "acts" : deeds.approves ? "approves" : "rejects";
    return new Verdict(word, deeds.amount());
  }

  /** As it is kept between two parts of the work. */
  Map<String, Object> kept() {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("limits", limits.kept());
    kept.put("tally", tally.kept());
    return kept;
  }
}

package com.freelync.control.automation.backtest;

import com.freelync.control.automation.ActionCatalog;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.StoredDefinitions;
import com.freelync.control.automation.backtest.Replay.Verdict;
import com.freelync.control.database.Json;
import com.freelync.control.event.PastEvents.PastEvent;
import com.freelync.control.event.PastEvents.Position;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far a backtest came: where it is in the period, and what its definitions did so far. */
final class BacktestState {
  private final Map<String, Object> kept;
  private final List<Replay> replays = new ArrayList<>();
  private final List<Map<String, Object>> differences = new ArrayList<>();
  private BigDecimal different;
  private @Nullable Position position;

  /**
   * @param limits the limits of all actions as they are now
   */
  BacktestState(BacktestRow row, ActionCatalog catalog, Map<String, ActionLimits> limits) {
    kept = Json.readObject(row.stateJson());
    replays.add(replay(row.definitionJson(), "first", catalog, limits));
    if (row.otherJson() != null) {
      replays.add(replay(row.otherJson(), "second", catalog, limits));
    }
    different = new BigDecimal(kept.getOrDefault("different", 0).toString());
    differences.addAll(Kept.list(kept.get("differences")));
    if (kept.get("at") != null) {
      position =
          new Position(
              Instant.parse(kept.get("at").toString()),
              UUID.fromString(String.valueOf(kept.get("entity_id"))));
    }
  }

  private Replay replay(
      String definition, String name, ActionCatalog catalog, Map<String, ActionLimits> limits) {
    return new Replay(
        catalog,
        new Tried(StoredDefinitions.parse(Json.readObject(definition)), limits),
        Kept.map(kept.get(name)));
  }

  /** The last event that was looked at; null at the begin. */
  @Nullable Position position() {
    return position;
  }

  void on(PastEvent event) {
    List<Verdict> verdicts = replays.stream().map(replay -> replay.on(event)).toList();
    position = event.position();
    if (verdicts.size() == 2 && verdicts.get(0).differs(verdicts.get(1))) {
      different = different.add(BigDecimal.ONE);
      if (differences.size() < Tally.MOST_EXAMPLES) {
        differences.add(difference(event, verdicts));
      }
    }
  }

  private static Map<String, Object> difference(PastEvent event, List<Verdict> verdicts) {
    Map<String, Object> difference = new LinkedHashMap<>();
    difference.put("entity_id", event.entityId().toString());
    difference.put("at", event.at().toString());
    difference.put("first", verdicts.get(0).word());
    difference.put("first_amount", verdicts.get(0).amount());
    difference.put("second", verdicts.get(1).word());
    difference.put("second_amount", verdicts.get(1).amount());
    return difference;
  }

  String json() {
    Map<String, Object> state = new LinkedHashMap<>();
    if (position != null) {
      state.put("at", position.at().toString());
      state.put("entity_id", position.entityId().toString());
    }
    state.put("first", replays.getFirst().kept());
    if (replays.size() == 2) {
      state.put("second", replays.get(1).kept());
      state.put("different", different);
      state.put("differences", differences);
    }
    return Json.write(state);
  }
}

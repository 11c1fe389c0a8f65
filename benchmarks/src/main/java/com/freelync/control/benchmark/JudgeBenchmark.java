package com.freelync.control.benchmark;

import com.freelync.control.automation.Definition;
import com.freelync.control.automation.Scope;
import com.freelync.control.condition.Judge;
import com.freelync.control.condition.Truth;
import com.freelync.control.database.Json;
import com.freelync.control.parse.DefinitionParser;
import java.util.Map;

/** The payout rule alone, on one core: how often it is judged in a second. */
final class JudgeBenchmark {
  private static final String RULE =
      """
      {"name": "Auto-approve low-risk payouts", "trigger": "event: payout.requested",
       "conditions": [{"field": "amount", "operator": "lte", "value": 5000},
                      {"field": "seller.verified", "operator": "eq", "value": true},
                      {"field": "seller.trust_score", "operator": "gte", "value": 8}],
       "actions": ["approve_payout"]}
      """;
  private static final int CONDITIONS = 3;
  private static final int CHUNK = 1_000;

  private final Effort effort;
  private final Definition rule = rule();

  JudgeBenchmark(Effort effort) {
    this.effort = effort;
  }

  /** Measures after a warm-up on both kinds of facts, so that both meet the same machine code. */
  TextTable run() {
    TextTable table = new TextTable("the payout rule, one core", "rules / s", "conditions / s");
    Map<String, Object> low = facts("4200.00");
    Map<String, Object> high = facts("5001.00");
    perSecond(low);
    perSecond(high);
    row(table, "all three hold", low);
    row(table, "the first decides: no", high);
    return table;
  }

  private void row(TextTable table, String name, Map<String, Object> facts) {
    double rules = perSecond(facts);
    table.row(name, TextTable.number(rules, 0), TextTable.number(rules * CONDITIONS, 0));
  }

  private double perSecond(Map<String, Object> facts) {
    long start = System.nanoTime();
    long end = start + effort.slice().toNanos();
    long judged = 0;
    long held = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < CHUNK; i++) {
        // What is counted is used below, so that no work can be left out.
        held +=
            Judge.judge(rule.conditions(), new Scope(facts, Map.of())).truth() == Truth.HOLDS
                ? 1
                : 0;
      }
      judged += CHUNK;
    }
    if (held != 0 && held != judged) {
      throw new IllegalStateException("The same facts gave different answers");
    }
    return judged / ((System.nanoTime() - start) / 1e9);
  }

  private static Map<String, Object> facts(String amount) {
    return Json.readObject(
        """
        {"id": "0190b2f0-0000-7000-8000-000000000000", "status": "REQUESTED",
         "seller": {"verified": true, "trust_score": 9.0, "suspended": false}, "amount": %s}
        """
            .formatted(amount));
  }

  private static Definition rule() {
    return switch (DefinitionParser.parse(Json.readObject(RULE))) {
      case DefinitionParser.Result.Parsed parsed -> parsed.definition();
      case DefinitionParser.Result.Invalid invalid ->
          throw new IllegalStateException(invalid.errors().toString());
    };
  }
}

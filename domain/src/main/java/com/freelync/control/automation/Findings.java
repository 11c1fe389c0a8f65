package com.freelync.control.automation;

import com.freelync.control.condition.Finding;
import com.freelync.control.condition.Judgement;
import com.freelync.control.condition.Truth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What conditions found, as it is recorded and shown. */
public final class Findings {
  private Findings() {}

  /**
   * Each comparison as {@code {field, operator, value, actual, holds, deciding}}; one within a
   * {@code not} is {@code negated}, with what that not came to: {@code holds_after_not}, null where
   * it could not be decided.
   */
  public static List<Map<String, Object>> of(Judgement judgement) {
    return judgement.findings().stream()
        .map(finding -> of(finding, judgement.deciding().contains(finding)))
        .toList();
  }

  private static Map<String, Object> of(Finding finding, boolean deciding) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("field", finding.field());
    map.put("operator", finding.operator().word());
    map.put("value", finding.value());
    map.put("actual", finding.actual());
    map.put("holds", finding.truth() == Truth.HOLDS);
    map.put("deciding", deciding);
    if (finding.afterNot() != null) {
      map.put("negated", true);
      map.put(
          "holds_after_not",
          finding.afterNot() == Truth.UNDECIDED ? null : finding.afterNot() == Truth.HOLDS);
    }
    if (finding.problem() != null) {
      map.put("problem", finding.problem());
    }
    return map;
  }
}

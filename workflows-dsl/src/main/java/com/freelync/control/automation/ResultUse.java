package com.freelync.control.automation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What steps need of the results of others: a loop's own run is given this and no more. */
public final class ResultUse {
  private static final String PREFIX = "steps.";

  private ResultUse() {}

  /** The results to which the steps refer. */
  public static Map<String, Map<String, Object>> of(
      List<Step> steps, Map<String, Map<String, Object>> results) {
    Set<String> references = References.of(steps);
    Map<String, Map<String, Object>> used = new LinkedHashMap<>();
    results.forEach(
        (id, result) -> {
          if (references.stream().anyMatch(path -> (path + ".").startsWith(PREFIX + id + "."))) {
            used.put(id, result);
          }
        });
    return used;
  }
}

package com.freelync.control.condition;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a condition holds, and why.
 *
 * @param truth the answer
 * @param findings every comparison in the order written, each evaluated
 * @param deciding those that led to the answer: for a no, the ones without which it were not so
 */
public record Judgement(Truth truth, List<Finding> findings, List<Finding> deciding) {
  public Judgement {
    findings = List.copyOf(findings);
    deciding = List.copyOf(deciding);
  }

  /** The deciding comparisons as sentences. */
  public String reason() {
    return deciding.stream().map(Finding::sentence).collect(Collectors.joining("; "));
  }
}

package com.freelync.control.condition;

import java.util.ArrayList;
import java.util.List;

/** Decides conditions on facts. The same facts always give the same answer. */
public final class Judge {
  private final Facts facts;
  private final List<Finding> findings = new ArrayList<>();

  private Judge(Facts facts) {
    this.facts = facts;
  }

  /** Evaluates every comparison of the condition, also where the answer is clear before. */
  public static Judgement judge(Condition condition, Facts facts) {
    Judge judge = new Judge(facts);
    Branch answer = judge.decide(condition);
    return new Judgement(answer.truth(), judge.findings, answer.deciding());
  }

  private Branch decide(Condition condition) {
    return switch (condition) {
      case Condition.Comparison comparison -> compare(comparison);
      case Condition.All all -> join(all.parts(), Truth.HOLDS, Truth.FAILS);
      case Condition.Any any -> join(any.parts(), Truth.FAILS, Truth.HOLDS);
      case Condition.Not not -> {
        int before = findings.size();
        Branch inner = decide(not.part());
        Truth turned = inner.truth().negate();
        findings.subList(before, findings.size()).replaceAll(finding -> finding.within(turned));
        yield new Branch(
            turned, inner.deciding().stream().map(finding -> finding.within(turned)).toList());
      }
    };
  }

  /** Joins parts: {@code decisive} settles it, then undecided, else it is {@code neutral}. */
  private Branch join(List<Condition> parts, Truth neutral, Truth decisive) {
    List<Branch> branches = new ArrayList<>(parts.size());
    Truth truth = neutral;
    for (Condition part : parts) {
      Branch branch = decide(part);
      branches.add(branch);
      if (branch.truth() == decisive || truth == neutral) {
        truth = branch.truth();
      }
    }
    List<Finding> deciding = new ArrayList<>();
    for (Branch branch : branches) {
      if (branch.truth() == truth) {
        deciding.addAll(branch.deciding());
      }
    }
    return new Branch(truth, deciding);
  }

  private Branch compare(Condition.Comparison comparison) {
    Finding finding = Comparing.find(comparison, facts.find(comparison.field()));
    findings.add(finding);
    return new Branch(finding.truth(), List.of(finding));
  }

  private record Branch(Truth truth, List<Finding> deciding) {}
}

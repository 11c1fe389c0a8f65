package com.freelync.control.configuration;

import com.freelync.control.approval.Approver;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Who is asked about the settings of the model, in two slots: CTO and CFO. */
final class ModelPeople {
  private static final List<Approver> ALL =
      List.of(
          ConfigurationFixture.CTO,
          ConfigurationFixture.CFO,
          ConfigurationFixture.CEO,
          ConfigurationFixture.person("both", "CTO", "CFO"));

  private ModelPeople() {}

  static Approver any(Random random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  /** Whether one more person fills a slot; whoever has both roles makes room. */
  static boolean fills(Set<String> approved, Approver approver) {
    if (approved.contains(approver.subject())) {
      return false;
    }
    Set<String> all = new HashSet<>(approved);
    all.add(approver.subject());
    return slots(all) > slots(approved);
  }

  /** How many of the two slots these people fill. */
  static int slots(Set<String> people) {
    boolean cto = people.contains("cto");
    boolean cfo = people.contains("cfo");
    boolean both = people.contains("both");
    return Math.min(2, (cto ? 1 : 0) + (cfo ? 1 : 0) + (both ? 1 : 0));
  }
}

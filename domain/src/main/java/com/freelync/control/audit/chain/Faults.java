package com.freelync.control.audit.chain;

import java.util.ArrayList;
import java.util.List;

/** The faults found so far; of a file that is wrong all over, the first hundred. */
final class Faults {
  private static final int MOST = 100;
  private final List<Fault> found = new ArrayList<>();
  private long more;

  void add(long line, String message) {
    if (found.size() < MOST) {
      found.add(new Fault(line, message));
    } else {
      more++;
    }
  }

  List<Fault> all() {
    List<Fault> all = new ArrayList<>(found);
    if (more > 0) {
      all.add(new Fault(0, "and " + more + " faults more"));
    }
    return all;
  }
}

package com.freelync.control.approval;

import java.util.ArrayList;
import java.util.List;

/** Lists of slots. */
public final class Slots {
  private Slots() {}

  /**
   * The slots that satisfy both lists: whoever fills them fills each of the two. Each slot of the
   * second list is met by one of the first that is as narrow, narrows one that is wider, or is
   * asked for besides.
   */
  public static List<Slot> both(List<Slot> one, List<Slot> other) {
    List<Slot> both = new ArrayList<>(one);
    List<Slot> left = new ArrayList<>(other);
    boolean[] isTaken = new boolean[one.size()];
    left.removeIf(slot -> take(both, isTaken, slot, false));
    left.removeIf(slot -> take(both, isTaken, slot, true));
    both.addAll(left);
    return both;
  }

  private static boolean take(List<Slot> both, boolean[] isTaken, Slot slot, boolean narrows) {
    for (int i = 0; i < isTaken.length; i++) {
      Slot mine = both.get(i);
      boolean fits =
          narrows ? mine.roles().containsAll(slot.roles()) : slot.roles().containsAll(mine.roles());
      if (!isTaken[i] && fits) {
        isTaken[i] = true;
        if (narrows) {
          both.set(i, slot);
        }
        return true;
      }
    }
    return false;
  }

  /** Whether whoever fills the first list fills the second too. */
  public static boolean covers(List<Slot> asked, List<Slot> needed) {
    return both(asked, needed).equals(asked);
  }
}

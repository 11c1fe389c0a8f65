package com.freelync.control.automation;

import com.freelync.control.condition.Condition;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An automation as people wrote it.
 *
 * @param name what people call it
 * @param description what it is for
 * @param trigger when it runs
 * @param conditions what must hold of the facts for it to run
 * @param mode how its runs share the time
 * @param onLimit what happens at a full limit
 * @param limits lower limits of its own, by action
 * @param steps what it does, in order
 */
public record Definition(
    String name,
    @Nullable String description,
    Trigger trigger,
    Condition conditions,
    Mode mode,
    OnLimit onLimit,
    SortedMap<String, ActionLimits> limits,
    List<Step> steps) {
  public Definition {
    limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
    steps = List.copyOf(steps);
  }
}

package com.freelync.control.automation;

/**
 * Where a run stands.
 *
 * @param path the step's place in the definition, as a JSON Pointer
 * @param item within loops, the numbers of their items from the outermost, such as {@code 12} or
 *     {@code 3/12}; empty outside of them
 */
public record StepPlace(String path, String item) {
  /** A step that stands in no loop. */
  public static StepPlace of(String path) {
    return new StepPlace(path, "");
  }

  /** The place that a text names, as {@link #toString()} writes it. */
  public static StepPlace parse(String text) {
    int space = text.indexOf(" [");
    return space < 0
        ? of(text)
        : new StepPlace(text.substring(0, space), text.substring(space + 2, text.length() - 1));
  }

  /** The number of one item of a loop that stands here, after those of the loops around it. */
  public String numbered(int index) {
    return item.isEmpty() ? String.valueOf(index) : item + "/" + index;
  }

  /** Whether another place is somewhere in this one, in the same item or one further in. */
  public boolean holds(StepPlace other) {
    return other.path().startsWith(path + "/")
        && (item.isEmpty() || other.item().equals(item) || other.item().startsWith(item + "/"));
  }

  @Override
  public String toString() {
    return item.isEmpty() ? path : path + " [" + item + "]";
  }
}

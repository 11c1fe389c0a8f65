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

  @Override
  public String toString() {
    return item.isEmpty() ? path : path + " [" + item + "]";
  }
}

package com.freelync.control.api.health;

/**
 * A part on which the process depends.
 *
 * @param name such as {@code database}
 * @param isEssential whether the process cannot serve without it
 * @param probe throws if the part is away; it ends within seconds
 */
public record Component(String name, boolean isEssential, Probe probe) {
  /** Asks a part for a sign of life. */
  @FunctionalInterface
  public interface Probe {
    /** Throws if there is none. */
    void ask() throws Exception;
  }
}

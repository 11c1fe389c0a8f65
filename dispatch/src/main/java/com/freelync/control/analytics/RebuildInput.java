package com.freelync.control.analytics;

import java.util.UUID;

/**
 * Which months are made anew.
 *
 * @param from the first, such as {@code 2026-02}
 * @param until the first that does not belong to it
 */
public record RebuildInput(UUID id, String from, String until) {
  /** The workflow's id. */
  public String temporalId() {
    return temporalId(id);
  }

  /** The id of the workflow of a rebuild. */
  public static String temporalId(UUID id) {
    return "analytics-rebuild/" + id;
  }
}

package com.freelync.control.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How far a version has come (CF-1). */
public enum ConfigStatus {
  /** It is written. */
  DRAFT(List.of("edit", "submit", "cancel")),
  /** It waits for people. */
  PENDING(List.of("edit", "approve", "reject", "cancel")),
  /** People agreed; it waits for its instant, or for {@code activate}. */
  APPROVED(List.of("edit", "submit", "activate", "cancel")),
  /** It is what holds. */
  ACTIVE(List.of("edit", "rollback")),
  /** People refused it. */
  REJECTED(List.of()),
  /** It held until another one took its place. */
  SUPERSEDED(List.of()),
  /** It held until it was taken back. */
  ROLLED_BACK(List.of()),
  /** It was given up before it held. */
  CANCELLED(List.of()),
  /** It was approved and could not become active. */
  FAILED(List.of());

  private final List<String> moves;

  ConfigStatus(List<String> moves) {
    this.moves = moves;
  }

  /** What can be done with it, in the words of the interface. */
  public List<String> moves() {
    return moves;
  }

  /** Whether it may still become active. */
  public boolean isUpcoming() {
    return this == DRAFT || this == PENDING || this == APPROVED;
  }

  /** The status of this name. */
  public static Optional<ConfigStatus> named(String name) {
    return Arrays.stream(values()).filter(status -> status.name().equals(name)).findFirst();
  }
}

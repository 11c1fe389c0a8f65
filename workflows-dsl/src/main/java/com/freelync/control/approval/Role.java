package com.freelync.control.approval;

/** A role that a person holds and a slot may ask for, such as {@code CFO}. */
public record Role(String name) {
  public Role {
    if (!name.matches("[A-Z][A-Z0-9_]*")) {
      throw new IllegalArgumentException("a role is written in capitals: " + name);
    }
  }
}

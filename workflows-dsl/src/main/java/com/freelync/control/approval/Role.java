package com.freelync.control.approval;

import java.util.regex.Pattern;

/** A role that a person holds and a slot may ask for, such as {@code CFO}. */
public record Role(String name) {
  private static final Pattern SHAPE = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");

  public Role {
    if (!isValid(name)) {
      throw new IllegalArgumentException("a role is written in capitals: " + name);
    }
  }

  /** Whether the text has the shape of a role's name. */
  public static boolean isValid(String name) {
    return SHAPE.matcher(name).matches();
  }
}

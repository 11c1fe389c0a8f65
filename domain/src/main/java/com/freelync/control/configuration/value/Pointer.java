package com.freelync.control.configuration.value;

/** JSON Pointers (RFC 6901). */
public final class Pointer {
  private Pointer() {}

  /** To a field of what is at a place. */
  public static String to(String at, String name) {
    return at + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}

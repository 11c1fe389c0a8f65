package com.freelync.control.parse;

/** JSON Pointers (RFC 6901) into a document. */
final class Pointer {
  private Pointer() {}

  /** The place of a field, whatever its name, of what stands at a place. */
  static String to(String place, String name) {
    return place + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}

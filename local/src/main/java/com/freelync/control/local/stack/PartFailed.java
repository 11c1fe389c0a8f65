package com.freelync.control.local.stack;

/** A part did not become ready; the message says why. */
public final class PartFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final String part;

  PartFailed(String part, String reason) {
    super(part + " " + reason);
    this.part = part;
  }

  PartFailed(String part, String reason, Throwable cause) {
    super(part + " " + reason, cause);
    this.part = part;
  }

  /** The part whose log tells more. */
  public String part() {
    return part;
  }
}

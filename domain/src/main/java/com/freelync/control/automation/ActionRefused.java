package com.freelync.control.automation;

/** The rules of the business refuse an action. Trying again changes nothing. */
public final class ActionRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  public ActionRefused(String code, String message) {
    super(message);
    this.code = code;
  }

  /** A stable word for programs. */
  public String code() {
    return code;
  }

  /** Why, for people. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}

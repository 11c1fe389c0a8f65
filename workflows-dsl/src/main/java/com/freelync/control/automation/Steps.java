package com.freelync.control.automation;

/** What steps are called in records. */
public final class Steps {
  private Steps() {}

  /** The action's name, or the construct's word. */
  public static String kind(Step step) {
    return switch (step) {
      case Step.ActionStep action -> action.action();
      case Step.IfStep branch -> "if";
      case Step.ApprovalStep approval -> "approval";
    };
  }
}

package com.freelync.control.automation;

import com.freelync.control.approval.Role;
import com.freelync.control.approval.Slot;
import com.freelync.control.identity.Permission;
import com.freelync.control.identity.RolePermissions;
import java.util.List;

/** Makes sure that who is asked may answer: else a run would wait for nobody. */
final class ApproverRoles {
  private ApproverRoles() {}

  /** Adds an error for each role that is asked and does not give the permission to approve. */
  static void check(List<Step> steps, List<DefinitionError> errors) {
    for (Step step : steps) {
      switch (step) {
        case Step.ActionStep action -> {}
        case Step.IfStep branch -> {
          check(branch.then(), errors);
          check(branch.otherwise(), errors);
        }
        case Step.ApprovalStep approval -> {
          approval.slots().forEach(slot -> check(slot, approval.path() + "/slots", errors));
          approval
              .escalateAfter()
              .values()
              .forEach(slot -> check(slot, approval.path() + "/escalate_after", errors));
        }
      }
    }
  }

  private static void check(Slot slot, String path, List<DefinitionError> errors) {
    for (Role role : slot.roles()) {
      if (!RolePermissions.of(List.of(role)).contains(Permission.AUTOMATION_APPROVE)) {
        errors.add(
            new DefinitionError(
                path,
                "cannot_approve",
                "the role "
                    + role.name()
                    + " gives nobody the permission automation.approve: ask CEO, CFO or CTO"));
      }
    }
  }
}

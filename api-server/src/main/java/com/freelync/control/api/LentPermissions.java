package com.freelync.control.api;

import com.freelync.control.api.security.Deputies;
import com.freelync.control.approval.ApprovalList;
import com.freelync.control.configuration.VersionSubject;
import com.freelync.control.identity.Directory;
import com.freelync.control.identity.Permission;
import com.freelync.control.identity.RolePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * What people may because of others: of those for whom they stand in whatever these may approve,
 * and of questions that were handed to them what one of that kind needs.
 */
record LentPermissions(Directory directory, ApprovalList approvals) implements Deputies {
  @Override
  public Set<Permission> of(String subject) {
    Set<Permission> lent = EnumSet.noneOf(Permission.class);
    lent.addAll(RolePermissions.of(directory.rolesLentTo(subject)));
    for (ApprovalList.Lent handed : approvals.delegatedTo(subject)) {
      Permission needed =
          handed.subjectType().equals(VersionSubject.TYPE)
              ? Permission.CONFIG_APPROVE
              : Permission.AUTOMATION_APPROVE;
      if (RolePermissions.of(handed.roles()).contains(needed)) {
        lent.add(needed);
      }
    }
    return lent;
  }
}

package com.freelync.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.approval.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("SE-1: what each role permits")
class RolePermissionsTest {
  @ParameterizedTest
  @CsvSource({
    "CEO, analytics.read audit.read automation.approve config.approve",
    "CFO, analytics.read audit.read automation.approve config.approve",
    "CTO, analytics.read audit.read automation.approve config.approve config.reveal features.manage maintenance.manage",
    "ADMIN, analytics.query analytics.read audit.read automation.manage automation.operate config.manage features.manage maintenance.manage",
    "OPERATOR, automation.operate maintenance.manage",
    "ANALYST, analytics.query analytics.read",
    "EXECUTIVE, analytics.read",
    "DEVOPS, alerts.manage audit.read automation.operate",
    "SERVICE, config.read events.publish features.evaluate",
    "WIZARD, ''",
  })
  void aRoleGivesWhatTheTableSays(String role, String expected) {
    assertThat(names(role)).isEqualTo(expected);
  }

  @Test
  void severalRolesGiveAllOfTheirs() {
    assertThat(names("CFO", "OPERATOR"))
        .isEqualTo(
            "analytics.read audit.read automation.approve automation.operate config.approve"
                + " maintenance.manage");
  }

  private static String names(String... roles) {
    List<Role> held = Arrays.stream(roles).map(Role::new).toList();
    return String.join(
        " ", RolePermissions.of(held).stream().map(Permission::wireName).sorted().toList());
  }
}

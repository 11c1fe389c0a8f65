package com.freelync.control.api;

import java.util.List;
import java.util.Set;

/** The operations that keep automations within bounds. */
final class SafeguardEndpoints {
  private static final Set<String> MANAGE = Set.of("admin", "founder");
  private static final Set<String> OPERATE = Set.of("admin", "founder", "operator", "devops");

  private SafeguardEndpoints() {}

  static void add(List<Endpoint> all, String breaker, String execution, String automation) {
    String operate = "automation.operate";
    String reason = "{\"reason\": \"a test\"}";
    for (String list :
        List.of(
            "/admin/limits", "/admin/breakers", "/admin/kill-switch", "/admin/workflows/schema")) {
      all.add(Endpoint.read(list, ""));
    }
    all.add(
        Endpoint.write(
            "POST", "/admin/breakers/{action}/reset", breaker, OPERATE, operate, reason));
    all.add(
        Endpoint.write(
            "POST",
            "/admin/kill-switch",
            "",
            MANAGE,
            "automation.manage",
            "{\"on\": false, \"workflow_id\": \"%s\", \"reason\": \"a test\"}"
                .formatted(automation)));
    all.add(
        Endpoint.write(
            "POST", "/admin/executions/{id}/retry", execution, OPERATE, operate, reason));
  }
}

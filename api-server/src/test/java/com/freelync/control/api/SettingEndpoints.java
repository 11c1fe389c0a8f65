package com.freelync.control.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operations on settings as API.md has them. */
final class SettingEndpoints {
  private static final Set<String> READ =
      Set.of("ceo", "cfo", "founder", "cto", "admin", "marketplace");
  private static final Set<String> MANAGE = Set.of("admin", "founder");
  private static final Set<String> APPROVE = Set.of("ceo", "cfo", "founder", "cto");
  private static final String KEY = "commission.tier2.rate";

  private SettingEndpoints() {}

  static void add(List<Endpoint> all, String version, String freeze) {
    Map<String, String> reads =
        Map.of(
            "/admin/config", "",
            "/admin/config/{id}", KEY,
            "/admin/config/versions", "",
            "/admin/config/versions/{id}", version,
            "/admin/config/{id}/impact", version,
            "/admin/config/{id}/history", version,
            "/admin/config-rules/keys/{key}", KEY,
            "/admin/config-rules/categories/{category}", "COMMISSION",
            "/admin/freeze-windows", "");
    reads.forEach(
        (template, id) -> all.add(new Endpoint("GET", template, id, READ, "config.read", "", "")));
    String manage = "config.manage";
    String change =
        "{\"key\": \"%s\", \"value\": 3.5, \"change_reason\": \"a test\"}".formatted(KEY);
    all.add(Endpoint.write("POST", "/admin/config", "", MANAGE, manage, change));
    all.add(Endpoint.write("POST", "/admin/config/preview", "", MANAGE, manage, change));
    all.add(
        Endpoint.write("PATCH", "/admin/config/{id}", version, MANAGE, manage, "{\"value\": 3.6}"));
    String reason = "{\"reason\": \"a test\"}";
    for (String move : List.of("submit", "activate", "cancel", "rollback")) {
      all.add(
          Endpoint.write("POST", "/admin/config/{id}/" + move, version, MANAGE, manage, reason));
    }
    for (String word : List.of("approve", "reject")) {
      all.add(
          Endpoint.write(
              "POST",
              "/admin/config/{id}/" + word,
              version,
              APPROVE,
              "config.approve",
              "{\"comment\": \"a test\"}"));
    }
    all.add(
        Endpoint.write(
            "POST", "/admin/config/{id}/reveal", version, Set.of("cto"), "config.reveal", reason));
    all.add(
        Endpoint.write(
            "PUT",
            "/admin/config-rules/keys/{key}",
            KEY,
            MANAGE,
            manage,
            "{\"rule\": {\"type\": \"number\", \"min\": 0, \"max\": 9}, \"change_reason\": \"a test\"}"));
    all.add(
        Endpoint.write(
            "PUT",
            "/admin/config-rules/categories/{category}",
            "SYSTEM",
            MANAGE,
            manage,
            "{\"rule\": {\"slots\": [[\"CTO\"], [\"CFO\"]]}, \"change_reason\": \"a test\"}"));
    Instant begin = Instant.now().plus(Duration.ofDays(400));
    all.add(
        Endpoint.write(
            "POST",
            "/admin/freeze-windows",
            "",
            MANAGE,
            manage,
            "{\"begins_at\": \"%s\", \"ends_at\": \"%s\", \"reason\": \"a test\"}"
                .formatted(begin, begin.plus(Duration.ofDays(1)))));
    all.add(
        Endpoint.write(
            "POST", "/admin/freeze-windows/{id}/cancel", freeze, MANAGE, manage, reason));
    Set<String> services = Set.of("marketplace");
    Map.of("/config", "", "/config/{key}", KEY, "/config/stream", "")
        .forEach(
            (template, id) ->
                all.add(new Endpoint("GET", template, id, services, "config.read", "", "")));
  }
}

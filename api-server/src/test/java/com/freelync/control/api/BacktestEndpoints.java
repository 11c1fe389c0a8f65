package com.freelync.control.api;

import java.util.List;
import java.util.Set;

/** The operations on backtests. */
final class BacktestEndpoints {
  private static final Set<String> OPERATE = Set.of("admin", "founder", "operator", "devops");

  private BacktestEndpoints() {}

  static void add(List<Endpoint> all, String backtest, String automation) {
    String operate = "automation.operate";
    String period = "\"from\": \"2026-03-01T00:00:00Z\", \"to\": \"2026-03-02T00:00:00Z\"}";
    all.add(Endpoint.read("/admin/backtests", ""));
    all.add(Endpoint.read("/admin/backtests/{id}", backtest));
    all.add(
        Endpoint.write(
            "POST",
            "/admin/backtests/{id}/cancel",
            backtest,
            OPERATE,
            operate,
            "{\"reason\": \"r\"}"));
    all.add(
        Endpoint.write(
            "POST", "/admin/workflows/{id}/backtest", automation, OPERATE, operate, "{" + period));
    all.add(
        Endpoint.write(
            "POST",
            "/admin/workflows/backtest",
            "",
            OPERATE,
            operate,
            "{\"definition\": " + Fixtures.DEFINITION + ", " + period));
  }
}

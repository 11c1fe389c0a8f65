package com.freelync.control.api.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says whether the process can serve, and which of its parts are away. */
public final class ReadyServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private final transient Health health;
  private final transient ObjectMapper json;

  public ReadyServlet(Health health, ObjectMapper json) {
    this.health = health;
    this.json = json;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Health.Report report = health.report();
    response.setStatus(report.isServing() ? 200 : 503);
    response.setContentType("application/json");
    response.getOutputStream().write(json.writeValueAsBytes(new Answer(report)));
  }

  private record Answer(String status, java.util.Map<String, String> components) {
    Answer(Health.Report report) {
      this(report.status(), report.components());
    }
  }
}

package com.freelync.control.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the sandbox process is told; ports are preferred ones, 0 for any. */
public record SandboxSettings(
    Path state,
    String databaseUrl,
    String marketplacePassword,
    String gatewayPassword,
    String gatewayApiKey,
    URI api,
    int marketplacePort,
    int gatewayPort,
    int issuerPort,
    int mailPort,
    int smtpPort) {

  /**
   * Reads the command line and the environment.
   *
   * @throws IllegalArgumentException naming all that is missing or wrong
   */
  static SandboxSettings of(Options options, Map<String, String> environment) {
    Reader reader = new Reader(environment);
    String state = options.get("state", "");
    if (state.isEmpty()) {
      reader.problems.add("--state DIR is required");
    }
    SandboxSettings settings =
        new SandboxSettings(
            Path.of(state),
            reader.required("DATABASE_URL"),
            reader.required("MARKETPLACE_DATABASE_PASSWORD"),
            reader.required("GATEWAY_DATABASE_PASSWORD"),
            reader.required("GATEWAY_API_KEY"),
            reader.address("API_URL", "http://127.0.0.1:8080"),
            reader.port("MARKETPLACE_PORT", 8090),
            reader.port("GATEWAY_PORT", 8091),
            reader.port("ISSUER_PORT", 8092),
            reader.port("MAIL_PORT", 8093),
            reader.port("SMTP_PORT", 8025));
    if (!reader.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), reader.problems));
    }
    return settings;
  }

  private static final class Reader {
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    Reader(Map<String, String> environment) {
      this.environment = environment;
    }

    String required(String name) {
      String value = environment.getOrDefault(name, "");
      if (value.isBlank()) {
        problems.add("Environment variable " + name + " is required");
      }
      return value;
    }

    URI address(String name, String otherwise) {
      String value = environment.getOrDefault(name, otherwise);
      if (!value.matches("https?://[^/ ]+/?")) {
        problems.add("Environment variable " + name + " has to be like " + otherwise);
        return URI.create(otherwise);
      }
      return URI.create(value);
    }

    int port(String name, int otherwise) {
      String value = environment.getOrDefault(name, Integer.toString(otherwise));
      if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
        problems.add("Environment variable " + name + " has to be a port from 0 to 65535");
        return otherwise;
      }
      return Integer.parseInt(value);
    }
  }
}

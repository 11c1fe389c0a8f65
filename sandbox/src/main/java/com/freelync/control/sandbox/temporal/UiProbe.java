package com.freelync.control.sandbox.temporal;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks Temporal through its UI's own API, which needs no gRPC client here. */
final class UiProbe {
  private UiProbe() {}

  /** Whether the server behind the UI knows the namespace {@code default}. */
  static boolean listsNamespaces(String uiAddress) {
    return get(uiAddress + "/api/v1/namespaces/default").contains("\"default\"");
  }

  /** The body of a successful answer, else an empty text. */
  static String get(String address) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(5_000);
      if (connection.getResponseCode() != 200) {
        return "";
      }
      try (var body = connection.getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      return "";
    }
  }
}

package com.freelync.control.benchmark.settings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Calls of a service that may read settings, over one client. */
final class ServiceCalls implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String token;

  ServiceCalls(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }

  /** A GET of an address, that may get more headers. */
  HttpRequest.Builder get(URI address) {
    return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
  }

  /** What is answered, as text. */
  String text(HttpRequest request) {
    return body(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What is answered, byte by byte. */
  byte[] bytes(HttpRequest request) {
    return body(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private <T> T body(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler).body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}

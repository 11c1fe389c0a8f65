package com.freelync.control.local.stack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks health endpoints over HTTP. */
final class Readiness {
  private Readiness() {}

  /** Whether the endpoint answers 200 within two seconds. */
  static boolean answers(URI probe) {
    try {
      HttpURLConnection connection = (HttpURLConnection) probe.toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(2_000);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Waits until the endpoint answers 200.
   *
   * @throws PartFailed when the process ends before, or the patience does
   */
  static void await(String part, ProcessHandle process, URI probe, Duration patience)
      throws PartFailed {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!answers(probe)) {
      if (!process.isAlive()) {
        throw new PartFailed(part, "ended while it was starting");
      }
      if (System.nanoTime() > deadline) {
        throw new PartFailed(
            part, "is not ready after " + patience.toSeconds() + " s (" + probe + ")");
      }
      pause(Duration.ofMillis(50));
    }
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a part", e);
    }
  }
}
